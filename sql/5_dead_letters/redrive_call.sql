-- Records the end of a call whose lead was unknown, once it is there or a person says which lead it is. Its event
-- counted when it came; what was wrong with our configuration then may be mended by now, so no channel is paused.
create or replace function redrive_call(p_letter pipeline_dlq, p_lead_id uuid, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_lead_id uuid := coalesce(p_lead_id, (p_letter.payload ->> 'lead')::uuid);
  v_outcome text := note_call(
    v_lead_id, p_letter.payload ->> 'call', p_letter.payload ->> 'reason',
    (p_letter.payload ->> 'duration_ms')::int, p_now
  );
begin
  if v_outcome is null then
    return ('waiting', 'no lead has this id', null, null)::redrive_result;
  end if;

  return ('redriven', format('the call is recorded: %s', v_outcome), v_lead_id, null)::redrive_result;
end
$$;

comment on function redrive_call(pipeline_dlq, uuid, timestamptz) is
  'redriven: recorded for p_lead_id, else for the lead whose id came with it. waiting: there is no such lead.';
