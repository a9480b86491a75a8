-- Guards the content of a file that was copied in to its end, and merges it. Content that was merged before gets the
-- first receipt, and this upload is removed.
create or replace function merge_copied(p_upload_id uuid, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
as $$
declare
  v_upload uploads;
  v_first uuid;
begin
  update uploads as u
     set content_sha256 = encode(c.hash_chain, 'hex'),
         -- an int holds the milliseconds of 24 days
         staged_ms = least(extract(epoch from p_now - u.received_at) * 1000, 2147483647)
    from upload_copies as c
   where u.id = p_upload_id
     and c.upload_id = p_upload_id
     and c.refused_status is null
  returning u.* into v_upload;

  if not found then
    return null;
  end if;

  v_first := guard_content(v_upload, p_now);

  if v_first <> p_upload_id then
    delete from leads_staging as s where s.upload_id = p_upload_id;
    delete from uploads as u where u.id = p_upload_id;
    return receipt_of(v_first);
  end if;

  perform record_event(
    p_now, 'upload',
    p_upload_id => p_upload_id,
    p_source => v_upload.source,
    p_duration_ms => v_upload.staged_ms
  );
  return merge_staged(p_upload_id, p_now);
end
$$;

comment on function merge_copied(uuid, timestamptz) is
  'The receipt of a file that was copied in: its own, or the first one of its content. Null if it was refused on the'
  ' way.';
