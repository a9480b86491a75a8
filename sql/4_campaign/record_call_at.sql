-- Records the end of a call at a given time. A call that our own configuration failed would fail for everybody, so
-- nobody of the campaign is called until somebody has seen to it.
create or replace function record_call_at(
  p_vapi_call_id text, p_lead_id uuid, p_ended_reason text, p_duration_ms int, p_event_id text, p_now timestamptz
)
returns text
language plpgsql
volatile
set search_path from current
as $$
declare
  v_outcome text;
begin
  perform from leads as l where l.id = p_lead_id for update;

  if not count_event_once('call', p_event_id, p_lead_id, 'vapi', p_now) then
    return 'repeated';
  end if;

  v_outcome := note_call(p_lead_id, p_vapi_call_id, p_ended_reason, p_duration_ms, p_now);

  if v_outcome is null then
    perform keep_unknown(
      'call',
      jsonb_build_object(
        'lead', p_lead_id,
        'call', p_vapi_call_id,
        'reason', (select j.reason from judge_call(p_ended_reason) as j),
        'duration_ms', p_duration_ms
      ),
      jsonb_build_object('event', p_event_id),
      'no lead has this id'
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

comment on function record_call_at(text, uuid, text, int, text, timestamptz) is 'record_call at a given time.';

revoke all on function record_call_at(text, uuid, text, int, text, timestamptz) from public;
