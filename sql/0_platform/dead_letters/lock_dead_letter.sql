-- Locks a dead letter for this transaction, if it is open and no other session has it. It never waits: a caller that
-- meets a letter another session is working on is told so, and two callers with several letters can't deadlock.
create or replace function lock_dead_letter(p_id bigint, p_token uuid, p_now timestamptz)
returns pipeline_dlq
language plpgsql volatile set search_path from current
as $$
declare
  v_letter pipeline_dlq;
begin
  select q.* into v_letter from pipeline_dlq as q where q.id = p_id for update skip locked;

  if not found and not exists (select from pipeline_dlq as q where q.id = p_id) then
    raise exception using errcode = 'PF101',
      message = format('there is no dead letter %s', coalesce(p_id::text, 'null')),
      hint = 'Pass pipeline_dlq.id, as claim_dlq gives it.';
  end if;

  if v_letter.state in ('redriven', 'discarded') then
    raise exception using errcode = 'PF102',
      message = format('dead letter %s is %s already', p_id, v_letter.state),
      hint = 'Nothing is left to do. To take the row in after all, send it again in a file.';
  end if;

  if v_letter.id is null
    or (p_token is not null and p_token is distinct from v_letter.lease_token)
    or (p_token is null and v_letter.state = 'claimed' and v_letter.lease_until > p_now)
  then
    raise exception using errcode = 'PF103',
      message = format('another session is working on dead letter %s', p_id),
      hint = 'Pass the token of the last claim, or wait until pipeline_dlq.lease_until.';
  end if;

  return v_letter;
end
$$;

comment on function lock_dead_letter(bigint, uuid, timestamptz) is
  'The dead letter, locked until the transaction ends. p_token: from its claim, or null. PF101 unknown, PF102 redriven'
  ' or discarded, PF103 claimed or locked by another session.';
