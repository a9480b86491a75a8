-- The link of the chain of consents: a SHA-256 over the whole row and the hash of the row before.
--
-- The form of the text must never change, or no older row could be checked. The evidence enters as the SHA-256
-- of its sealed bytes, the time as microseconds since 1970 (UTC), so that no session's settings matter.
create or replace function consent_hash(p_consent consents)
returns bytea
language sql
stable
set search_path from current
as $$
  select sha256(convert_to(
    jsonb_build_array(
      p_consent.id,
      p_consent.lead_id,
      p_consent.action,
      p_consent.method,
      p_consent.text_shown,
      encode(sha256(p_consent.evidence), 'hex'),
      (extract(epoch from p_consent.recorded_at) * 1000000)::bigint,
      encode(p_consent.previous_hash, 'hex')
    )::text,
    'UTF8'
  ));
$$;

comment on function consent_hash(consents) is
  'SHA-256 of the JSON array [id, lead_id, action, method, text_shown, hex of SHA-256 of evidence, recorded_at'
  ' in microseconds, hex of previous_hash] in the text form of jsonb. Does not look at row_hash.';

revoke all on function consent_hash(consents) from public;
