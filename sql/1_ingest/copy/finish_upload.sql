-- Ends a file that was copied in: stages its tail and merges it, in one transaction. If it fails or the backend dies,
-- nothing of that happened, and it can be called again.
--
-- Security definer: staging, keys and sealed documents are the owner's alone.
create or replace function finish_upload(p_upload_id uuid)
returns upload_receipt
language plpgsql
volatile
security definer
set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_receipt upload_receipt;
  v_refused_status int;
begin
  perform from upload_copies as c where c.upload_id = p_upload_id and c.login = session_user for update;

  if not found then
    raise exception using errcode = 'PF037',
      message = format('upload %s is not one that this login began and that waits to be finished', p_upload_id),
      hint = 'select * from uploads says how it stands; it has no row if its content had been merged before.';
  end if;

  perform stage_copied(p_upload_id, true);
  perform set_config('pgfunnel.upload', '', false);

  begin
    v_receipt := merge_copied(p_upload_id);
  exception
    when data_exception or program_limit_exceeded then
      -- the server's own message may hold the value
      perform refuse_copy(
        p_upload_id, 'unstorable', format('the file has a value that can''t be stored (SQLSTATE %s)', sqlstate)
      );
  end;

  delete from upload_copies as c where c.upload_id = p_upload_id returning c.refused_status into v_refused_status;

  return coalesce(v_receipt, receipt_of(p_upload_id, v_refused_status));
end
$$;

comment on function finish_upload(uuid) is
  'Merges a file that was copied into upload_file; returns its receipt, as ingest_csv does. PF037 for an upload that is'
  ' unknown, finished, discarded or somebody else''s.';

grant execute on function finish_upload(uuid) to pipeline_writer;
