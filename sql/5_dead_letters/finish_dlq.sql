-- Ends a claim: the caller dealt with the dead letter itself, because it sent it, or in another way than redrive_dlq.
--
-- Security definer: dead letters are written by functions alone, and the caller may not choose the time.
create or replace function finish_dlq(p_id bigint, p_token uuid, p_error text default null)
returns text
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_outcome text := case when p_error is null then 'redriven' else 'waiting' end;
begin
  if p_token is null then
    return 'stale';
  end if;

  perform settle_dead_letter(
    lock_dead_letter(p_id, p_token, v_now), (v_outcome, mask_contacts(p_error), null, null)::redrive_result, v_now
  );

  return v_outcome;
exception
  when sqlstate 'PF102' or sqlstate 'PF103' then
    return 'stale';
end
$$;

comment on function finish_dlq(bigint, uuid, text) is
  'Finishes a claimed dead letter. redriven without an error; waiting with one, to be claimed again after a growing'
  ' random wait; stale if the token is not that of the last claim. PF101 for an unknown letter.';

grant execute on function finish_dlq(bigint, uuid, text) to pipeline_writer;
