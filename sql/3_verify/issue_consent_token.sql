-- Makes the nonce for a link to the consent form.
-- Security definer: only functions write tokens.
create or replace function issue_consent_token(p_lead_id uuid, p_ttl interval default '7 days')
returns text
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select issue_consent_token_at(p_lead_id, p_ttl, now());
$$;

comment on function issue_consent_token(uuid, interval) is
  'The nonce: 32 random bytes as base64url (43 characters), told only now. Good for one redeem_consent_token'
  ' within p_ttl. PF061 for an unknown lead, PF063 for a time that is not positive.';

revoke all on function issue_consent_token(uuid, interval) from public;
grant execute on function issue_consent_token(uuid, interval) to pipeline_writer;
