-- A message came back.
--
-- Security definer: it moves leads and rejects contacts, and the caller may not choose the time.
create or replace function record_bounce(p_channel text, p_value text, p_hard boolean, p_event_id text)
returns text
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return record_bounce_at(p_channel, p_value, p_hard, p_event_id, now());
end
$$;

comment on function record_bounce(text, text, boolean, text) is
  'Records a bounce once per event id. rejected: it was hard, and the contact is rejected wherever it is; noted: soft'
  ' or unsaid, it is counted; repeated: the event came before; unknown: nobody has the contact, see pipeline_dlq.'
  ' PF060 for an unknown channel, PF084 without an event id.';

revoke all on function record_bounce(text, text, boolean, text) from public;
grant execute on function record_bounce(text, text, boolean, text) to pipeline_writer;
