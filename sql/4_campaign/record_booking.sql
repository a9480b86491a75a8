-- An appointment was made.
--
-- Security definer: it moves leads, and the caller may not choose the time.
create or replace function record_booking(p_lead_id uuid, p_starts_at timestamptz, p_event_id text)
returns text
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return record_booking_at(p_lead_id, p_starts_at, p_event_id, now());
end
$$;

comment on function record_booking(uuid, timestamptz, text) is
  'Records a booking once per event id. booked: the lead is; noted: its state does not lead there, booked_at is set'
  ' all the same; repeated: the event came before; unknown: no such lead, see pipeline_dlq. PF084 without an event'
  ' id.';

revoke all on function record_booking(uuid, timestamptz, text) from public;
grant execute on function record_booking(uuid, timestamptz, text) to pipeline_writer;
