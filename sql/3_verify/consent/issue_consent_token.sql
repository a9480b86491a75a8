-- Makes the nonce for a link to the consent form.
--
-- Security definer: only functions write tokens.
create or replace function issue_consent_token(p_lead_id uuid, p_ttl interval default '7 days')
returns text
language sql volatile security definer set search_path from current
as $$
  select issue_consent_token(p_lead_id, p_ttl, clock_timestamp());
$$;

-- Makes a nonce and keeps only its SHA-256, so that a reader of the table can redeem nothing.
create or replace function issue_consent_token(p_lead_id uuid, p_ttl interval, p_now timestamptz)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_nonce text := translate(encode(gen_random_bytes(32), 'base64'), '+/=', '-_');
  -- days are counted in UTC: a session's zone must not move the end by an hour
  v_expires_at timestamptz := (p_now at time zone 'UTC' + p_ttl) at time zone 'UTC';
begin
  if p_ttl is null or v_expires_at <= p_now then
    raise exception using errcode = 'PF063',
      message = 'a consent token must live for some time',
      hint = 'Pass a positive interval, for example ''7 days'', or leave it out.';
  end if;

  perform lock_lead(p_lead_id);

  insert into consent_tokens (lead_id, nonce_hash, created_at, expires_at)
  values (p_lead_id, encode(sha256(convert_to(v_nonce, 'UTF8')), 'hex'), p_now, v_expires_at);

  perform record_event(
    p_now, 'consent', p_lead_id => p_lead_id,
    p_detail => jsonb_build_object('action', 'asked', 'expires_at', v_expires_at)
  );

  return v_nonce;
end
$$;

comment on function issue_consent_token(uuid, interval) is
  'The nonce: 32 random bytes as base64url (43 characters), shown only now. Good for one redeem_consent_token'
  ' within p_ttl. PF061 for an unknown lead, PF063 for a time that is not positive.';
comment on function issue_consent_token(uuid, interval, timestamptz) is
  'issue_consent_token at a given time. Event consent, action asked.';

grant execute on function issue_consent_token(uuid, interval) to pipeline_writer;
