-- Somebody wants to be forgotten.
--
-- Security definer: what is erased is the owner's alone, and the caller may not choose the time.
create or replace function forget_lead(p_lead_id uuid, p_reason text)
returns void
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select forget_lead_at(p_lead_id, p_reason, now());
$$;

comment on function forget_lead(uuid, text) is
  'Erases a lead''s person: every lead with the same name and a contact in common, their contacts, tokens, deliveries,'
  ' staged rows, dead letters, before-images, the evidence of consents and the purposes of reveals. Their contacts stay'
  ' suppressed, also after a later import; what was counted stays counted. The event of stage erased is the proof.'
  ' PF061 for an unknown lead, PF076 without a reason.';

revoke all on function forget_lead(uuid, text) from public;
grant execute on function forget_lead(uuid, text) to pipeline_writer;
