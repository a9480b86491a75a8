-- A file that was refused as a whole comes again with the same bytes: its open dead letter says so. Two at once take
-- turns, so that there is one letter; so do others now and then, since there are but 256 locks. Content that was
-- copied in and refused on the way has no hash, and a letter each.
create or replace function note_arrival(p_upload uploads, p_now timestamptz)
returns boolean
language plpgsql volatile set search_path from current
as $$
begin
  if p_upload.content_sha256 is null then
    return false;
  end if;

  perform hold_lock('refused/' || left(p_upload.content_sha256, 2));

  update pipeline_dlq as q
     set reason = p_upload.message,
         payload = q.payload || jsonb_strip_nulls(jsonb_build_object(
           'file', p_upload.file_name,
           'outcome', p_upload.outcome,
           'arrivals', coalesce((q.payload ->> 'arrivals')::int, 1) + 1,
           'last_at', p_now
         ))
    from uploads as u
   where u.id = q.upload_id
     and u.source = p_upload.source
     and u.content_sha256 = p_upload.content_sha256
     and q.source = 'upload'
     and q.line_number is null
     and q.state in ('waiting', 'claimed');

  return found;
end
$$;

comment on function note_arrival(uploads, timestamptz) is
  'Whether an open dead letter is about the same bytes of the same source. Its payload then has arrivals, how often'
  ' they came, last_at, and the newest file name.';
