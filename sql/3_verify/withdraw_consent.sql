-- Takes back a lead's consent, for a form, a letter or a call that names the person and not one number.
-- Security definer: only functions write consent, its proof and suppressions.
create or replace function withdraw_consent(p_lead_id uuid, p_method text, p_evidence jsonb default null)
returns boolean
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select withdraw_consent_at(p_lead_id, p_method, p_evidence, now());
$$;

comment on function withdraw_consent(uuid, text, jsonb) is
  'Withdraws consent, with its proof, and opts out every contact of the lead. Evidence as in redeem_consent_token.'
  ' Returns whether there was a consent. PF061 for an unknown lead, PF066 without a method.';

revoke all on function withdraw_consent(uuid, text, jsonb) from public;
grant execute on function withdraw_consent(uuid, text, jsonb) to pipeline_writer;
