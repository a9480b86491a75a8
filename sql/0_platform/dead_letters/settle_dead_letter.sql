-- Records the result of an attempt: redriven and discarded are final, anything else waits for a growing random delay.
-- An attempt without a claim counts too.
create or replace function settle_dead_letter(p_letter pipeline_dlq, p_result redrive_result, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_state dead_letter_state := p_result.outcome::dead_letter_state;
  v_attempts int := p_letter.attempts
    + case when p_letter.state = 'waiting' and v_state <> 'discarded' then 1 else 0 end;
begin
  update pipeline_dlq as q
     set state = v_state,
         attempts = v_attempts,
         lease_token = null,
         lease_until = null,
         retry_after = case v_state when 'waiting' then p_now + retry_delay(v_attempts) end,
         last_error = case when v_state <> 'redriven' then p_result.message end,
         redriven_as = p_result.upload_id
   where q.id = p_letter.id;

  perform record_event(
    p_now, 'dlq', jsonb_build_object('letter', p_letter.id, 'outcome', v_state),
    p_lead_id => p_result.lead_id,
    p_upload_id => p_result.upload_id,
    p_source => p_letter.source
  );

  return p_result;
end
$$;

comment on function settle_dead_letter(pipeline_dlq, redrive_result, timestamptz) is
  'Sets a dead letter''s state to the result''s outcome (waiting, redriven or discarded) and writes an event of stage'
  ' dlq. Returns the result.';
