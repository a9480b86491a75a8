-- The link of the chain of consents: a keyed hash over the whole row and the hash of the row before. Without the key, a
-- forger who can write the table can't make the chain anew after a change.
--
-- The form of the text must never change, or no older row could be checked. The evidence enters as a keyed hash of its
-- text, so that it can be sealed anew or erased and the chain still be checked; the time as microseconds since 1970
-- (UTC), so that no session's settings matter.
create or replace function consent_hash(p_key bytea, p_consent consents)
returns bytea
language sql stable set search_path from current
as $$
  select blind_index(
    p_key,
    'consents',
    jsonb_build_array(
      p_consent.id,
      p_consent.lead_id,
      p_consent.action,
      p_consent.method,
      p_consent.text_shown,
      encode(p_consent.evidence_hash, 'hex'),
      (extract(epoch from p_consent.recorded_at) * 1000000)::bigint,
      encode(p_consent.previous_hash, 'hex')
    )::text
  );
$$;

comment on function consent_hash(bytea, consents) is
  'blind_index under the data key for index, channel consents, of the JSON array [id, lead_id, action, method,'
  ' text_shown, hex of evidence_hash, recorded_at in microseconds, hex of previous_hash] in the text form of jsonb.'
  ' Does not look at row_hash.';
