-- Takes a provider's answer about one contact of a lead.
-- Security definer: contacts, the map and the columns that follow are written by functions alone.
create or replace function record_verification(
  p_lead_id uuid,
  p_channel text,
  p_provider text,
  p_codes text[],
  p_payload jsonb default null
)
returns boolean
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select record_verification_at(p_lead_id, p_channel, p_provider, p_codes, p_payload, now());
$$;

comment on function record_verification(uuid, text, text, text[], jsonb) is
  'Applies result codes (Melissa: docs.melissa.com, result codes) to the contact that the payload names, else'
  ' to the channel''s first. Codes singly or as one comma-separated string. Returns whether the contact is'
  ' verified now; null if the lead has no such contact. PF060 for an unknown channel, PF061 for an unknown'
  ' lead.';

revoke all on function record_verification(uuid, text, text, text[], jsonb) from public;
grant execute on function record_verification(uuid, text, text, text[], jsonb) to pipeline_writer;
