-- What the end of a call does to its lead. A call has one end: two events about it count once.
--
-- A call counts when it has ended, not when it was ordered: only then is it known whether there was one. So the count
-- is right whether the end or the vendor's answer to the delivery comes first.
--
-- The caller holds verification_code_map in share mode.
create or replace function note_call(
  p_lead_id uuid, p_vapi_call_id text, p_ended_reason text, p_duration_ms int, p_now timestamptz
)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_call record;
  v_outcome text;
begin
  perform from leads as l where l.id = p_lead_id for update;

  if not found then
    return null;
  end if;

  select j.reason, j.effect, j.fault into v_call from judge_call(p_ended_reason) as j;

  if not record_event(
    p_now, 'called', to_jsonb(v_call),
    p_lead_id => p_lead_id,
    p_service => 'vapi',
    p_duration_ms => p_duration_ms,
    p_idempotency_key => 'called/' || encode(sha256(convert_to(p_vapi_call_id, 'UTF8')), 'hex')
  ) then
    return 'repeated';
  end if;

  v_outcome := case
    when v_call.effect = 'reached' then 'reached'
    when v_call.effect = 'failed_retry' and v_call.fault = 'config' then 'misconfigured'
    when v_call.effect = 'failed_retry' then 'failed'
    when v_call.effect = 'failed_permanent' and v_call.fault = 'number' then 'rejected'
    when v_call.effect = 'failed_permanent' then 'cancelled'
    else 'tried'
  end;

  update leads as l
     set call_attempt_count = l.call_attempt_count + (v_outcome in ('reached', 'tried'))::int,
         vapi_call_id = coalesce(left(p_vapi_call_id, 200), l.vapi_call_id), -- an index has it, which takes no long value
         updated_at = p_now
   where l.id = p_lead_id;

  if v_outcome = 'rejected' then
    perform reject_called_number(p_lead_id, p_now);
  end if;

  perform settle_call(p_lead_id, p_vapi_call_id, v_outcome, p_now);

  return v_outcome;
end
$$;

comment on function note_call(uuid, text, text, int, timestamptz) is
  'reached, tried, failed, misconfigured, rejected, cancelled, or repeated if this call''s end is known. Null for an'
  ' unknown lead. Event called: reason, effect, fault, the duration.';
