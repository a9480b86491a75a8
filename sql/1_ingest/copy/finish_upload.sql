-- Ends a file that was copied in: stages its tail and merges it, in one transaction. If that fails or the backend dies,
-- nothing of it happened, and finish_upload can be called again.
--
-- Security definer: only the owner may write to staging, keys and sealed documents.
create or replace function finish_upload(p_upload_id uuid)
returns upload_receipt
language plpgsql volatile security definer set search_path from current
as $$
begin
  return finish_upload(p_upload_id, clock_timestamp());
end
$$;

create or replace function finish_upload(p_upload_id uuid, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_receipt upload_receipt;
  v_fault upload_receipt;
  v_refused_status int;
begin
  perform from upload_copies as c where c.upload_id = p_upload_id and c.login = session_user for update;

  if not found then
    raise exception using errcode = 'PF037',
      message = format('upload %s is not one that this login began and that waits to be finished', p_upload_id),
      hint = 'select * from uploads says how it stands; it has no row if its content had been merged before.';
  end if;

  perform stage_copied(p_upload_id, true, p_now);
  perform set_config('pgfunnel.upload', '', false);

  begin
    v_receipt := merge_copied(p_upload_id, p_now);
  exception
    when others then
      v_fault := file_fault(sqlstate, sqlerrm);
      if v_fault is null then
        raise;
      end if;
      perform refuse_copy(p_upload_id, v_fault, p_now);
  end;

  delete from upload_copies as c where c.upload_id = p_upload_id returning c.refused_status into v_refused_status;

  return coalesce(v_receipt, receipt_of(p_upload_id, v_refused_status));
end
$$;

comment on function finish_upload(uuid) is
  'Merges a file that was copied into upload_file; returns its receipt, as ingest_csv does. PF037 for an upload that'
  ' is unknown, finished, discarded or another login''s.';
comment on function finish_upload(uuid, timestamptz) is 'finish_upload at a given time.';

grant execute on function finish_upload(uuid) to pipeline_writer;
