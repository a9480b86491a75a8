-- Takes what the consent form sends.
-- Security definer: only functions write consent, its proof and suppressions.
create or replace function redeem_consent_token(p_nonce text, p_method text, p_evidence jsonb)
returns consent_receipt
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select redeem_consent_token_at(p_nonce, p_method, p_evidence, now());
$$;

comment on function redeem_consent_token(text, text, jsonb) is
  'Grants the consent that the nonce stands for, once. Evidence: an object with text (the words shown), ip,'
  ' user_agent and whatever else proves it. Outcome granted, unknown, used or expired, the last three for the'
  ' operator: show the person one answer for all. PF064 without a method.';

revoke all on function redeem_consent_token(text, text, jsonb) from public;
grant execute on function redeem_consent_token(text, text, jsonb) to pipeline_writer;
