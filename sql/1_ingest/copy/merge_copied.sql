-- Guards the content of a file that was copied in to its end, and merges it. Content that was merged before gets the
-- first receipt, and this upload is gone; of two at once one waits for the other at the guard's primary key.
create or replace function merge_copied(p_upload_id uuid)
returns upload_receipt
language plpgsql
volatile
set search_path from current
as $$
declare
  v_upload uploads;
  v_first uuid;
begin
  update uploads as u
     set content_sha256 = encode(c.hash_chain, 'hex'),
         staged_ms = extract(epoch from clock_timestamp() - u.received_at) * 1000
    from upload_copies as c
   where u.id = p_upload_id
     and c.upload_id = p_upload_id
     and c.refused_status is null
  returning u.* into v_upload;

  if not found then
    return null;
  end if;

  insert into ingest_replay_guard (content_sha256, received_at, source, upload_id)
  values (v_upload.content_sha256, v_upload.received_at, v_upload.source, p_upload_id)
  on conflict do nothing;

  if not found then
    select g.upload_id into v_first from ingest_replay_guard as g where g.content_sha256 = v_upload.content_sha256;
    delete from leads_staging as s where s.upload_id = p_upload_id;
    delete from uploads as u where u.id = p_upload_id;
    perform record_event(clock_timestamp(), 'replayed', p_upload_id => v_first, p_source => v_upload.source);
    return receipt_of(v_first);
  end if;

  perform record_event(
    clock_timestamp(), 'upload',
    p_upload_id => p_upload_id,
    p_source => v_upload.source,
    p_duration_ms => v_upload.staged_ms
  );
  return merge_staged(p_upload_id, clock_timestamp());
end
$$;

comment on function merge_copied(uuid) is
  'The receipt of a file that was copied in: its own, or the first one of its content. Null if it was refused on the'
  ' way.';
