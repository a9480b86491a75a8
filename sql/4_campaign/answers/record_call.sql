-- Records how a call ended.
--
-- Security definer: it moves leads and rejects contacts, and the caller may not choose the time.
create or replace function record_call(
  p_vapi_call_id text, p_lead_id uuid, p_ended_reason text, p_duration_ms int, p_event_id text
)
returns text
language sql volatile security definer set search_path from current
as $$
  select record_call(p_vapi_call_id, p_lead_id, p_ended_reason, p_duration_ms, p_event_id, clock_timestamp());
$$;

-- Records the end of a call at a given time. A call that failed by our own configuration would fail for every lead, so
-- the campaign's phone channel is paused until an operator resumes it.
--
-- The end of a call may be a verdict about the number, so the code map is locked before the lead; the campaign after
-- its deliveries.
create or replace function record_call(
  p_vapi_call_id text, p_lead_id uuid, p_ended_reason text, p_duration_ms int, p_event_id text, p_now timestamptz
)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_outcome text;
begin
  lock table verification_code_map in share mode;
  perform from leads as l where l.id = p_lead_id for update;

  if not record_event_once('call', p_event_id, p_lead_id, 'vapi', p_now) then
    return 'repeated';
  end if;

  v_outcome := note_call(p_lead_id, p_vapi_call_id, p_ended_reason, p_duration_ms, p_now);

  if v_outcome is null then
    perform add_unmatched_event(
      'call',
      jsonb_build_object(
        'lead', p_lead_id,
        'call', p_vapi_call_id,
        'reason', (select j.reason from judge_call(p_ended_reason) as j),
        'duration_ms', p_duration_ms
      ),
      jsonb_build_object('event', p_event_id),
      'no lead has this id',
      p_now
    );
    return 'unknown';
  end if;

  if v_outcome = 'misconfigured' then
    update campaigns as c
       set paused_channels = c.paused_channels || array['phone']
      from leads as l
     where l.id = p_lead_id
       and c.id = l.campaign_id
       and 'phone' <> all(c.paused_channels);
  end if;

  return v_outcome;
end
$$;

comment on function record_call(text, uuid, text, int, text) is
  'Records the end of a call once per event id and call, by VAPI''s endedReason. reached; tried: not'
  ' reached; failed: by a vendor, no attempt is used up; misconfigured: by our own configuration, the campaign''s phone'
  ' is paused; rejected: no such number; cancelled: by our side; repeated: it came before; unknown: no such lead, see'
  ' pipeline_dlq. PF084 without an event id.';
comment on function record_call(text, uuid, text, int, text, timestamptz) is 'record_call at a given time.';

grant execute on function record_call(text, uuid, text, int, text) to pipeline_writer;
