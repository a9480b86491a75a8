-- Ends a file that was copied in: stages its tail, guards its content, merges it, in one transaction. If it fails or
-- the backend dies, nothing of that happened, and it can be called again. Content that was merged before gets the
-- first receipt, and this upload is gone; of two at once one waits at the guard's primary key.
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
  v_copy upload_copies;
  v_upload uploads;
  v_first uuid;
begin
  perform from upload_copies as c where c.upload_id = p_upload_id and c.login = session_user for update;

  if not found then
    raise exception using errcode = 'PF037',
      message = format('upload %s is not one that this login began and that waits to be finished', p_upload_id),
      hint = 'select * from uploads says how it stands; it has no row if its content had been merged before.';
  end if;

  perform stage_copied(p_upload_id, true);
  perform set_config('pgfunnel.upload', '', false);

  delete from upload_copies as c where c.upload_id = p_upload_id returning c.* into v_copy;

  if v_copy.refused_status is not null then
    return receipt_of(p_upload_id, v_copy.refused_status);
  end if;

  update uploads as u
     set content_sha256 = encode(v_copy.hash_chain, 'hex'),
         staged_ms = extract(epoch from clock_timestamp() - u.received_at) * 1000
   where u.id = p_upload_id
  returning u.* into v_upload;

  insert into ingest_replay_guard (content_sha256, received_at, source, upload_id)
  values (v_upload.content_sha256, v_upload.received_at, v_upload.source, p_upload_id)
  on conflict do nothing;

  if not found then
    select g.upload_id into v_first from ingest_replay_guard as g where g.content_sha256 = v_upload.content_sha256;
    delete from uploads as u where u.id = p_upload_id;
    perform record_event(now(), 'replayed', p_upload_id => v_first, p_source => v_upload.source);
    return receipt_of(v_first);
  end if;

  perform record_event(
    now(), 'upload',
    p_upload_id => p_upload_id,
    p_source => v_upload.source,
    p_duration_ms => v_upload.staged_ms
  );
  return merge_staged(p_upload_id);
end
$$;

comment on function finish_upload(uuid) is
  'Merges a file that was copied into upload_file; returns its receipt, as ingest_csv does. PF037 for an upload that is'
  ' unknown, finished, discarded or somebody else''s.';

revoke all on function finish_upload(uuid) from public;
grant execute on function finish_upload(uuid) to pipeline_writer;
