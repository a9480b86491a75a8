-- How a call ended.
--
-- Security definer: it moves leads and rejects contacts, and the caller may not choose the time.
create or replace function record_call(
  p_vapi_call_id text, p_lead_id uuid, p_ended_reason text, p_duration_ms int, p_event_id text
)
returns text
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return record_call_at(p_vapi_call_id, p_lead_id, p_ended_reason, p_duration_ms, p_event_id, now());
end
$$;

comment on function record_call(text, uuid, text, int, text) is
  'Records the end of a call once per event id and call, by VAPI''s endedReason. reached; tried: nobody was; failed: by'
  ' a vendor, no attempt is used up; misconfigured: by our own configuration, the campaign''s phone is paused;'
  ' rejected: no such number; cancelled: by one of us; repeated: it came before; unknown: no such lead, see'
  ' pipeline_dlq. PF084 without an event id.';

revoke all on function record_call(text, uuid, text, int, text) from public;
grant execute on function record_call(text, uuid, text, int, text) to pipeline_writer;
