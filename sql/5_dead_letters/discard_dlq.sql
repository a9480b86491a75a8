-- Closes a dead letter from which nothing is to come: a person decided that.
--
-- Security definer: dead letters are written by functions alone, and the caller may not choose the time.
create or replace function discard_dlq(p_id bigint, p_why text, p_token uuid default null)
returns void
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_now timestamptz := clock_timestamp();
begin
  if coalesce(btrim(p_why), '') = '' then
    raise exception using errcode = 'PF109',
      message = 'a discarded letter needs the reason why',
      hint = 'select discard_dlq(12, ''the vendor sent the line again'');';
  end if;

  perform settle_dead_letter(
    lock_dead_letter(p_id, p_token, v_now),
    ('discarded', mask_contacts(btrim(p_why)), null, null)::redrive_result, v_now
  );
end
$$;

comment on function discard_dlq(bigint, text, uuid) is
  'Closes a dead letter; why is kept in last_error. PF109 without a reason, PF101 unknown, PF102 closed already, PF103'
  ' claimed by another session.';

grant execute on function discard_dlq(bigint, text, uuid) to pipeline_writer;
