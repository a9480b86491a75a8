-- What a lead answered, on whatever channel.
--
-- Security definer: it opens nothing to the caller, moves leads and suppresses, and the caller may not choose the time.
create or replace function record_reply(
  p_channel text,
  p_from text,
  p_body text,
  p_event_id text,
  p_occurred_at timestamptz default null
)
returns uuid
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return record_reply_at(p_channel, p_from, p_body, p_event_id, p_occurred_at, now());
end
$$;

comment on function record_reply(text, text, text, text, timestamptz) is
  'Records a reply once per event id, and returns its lead. STOP and its like opt the sender out; else an active'
  ' lead is replied. A sender nobody knows goes to pipeline_dlq, and null is returned. PF060 for an unknown'
  ' channel, PF084 without an event id.';

revoke all on function record_reply(text, text, text, text, timestamptz) from public;
grant execute on function record_reply(text, text, text, text, timestamptz) to pipeline_writer;
