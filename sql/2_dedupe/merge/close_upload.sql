-- Counts what became of the lines, and closes the upload. A check on uploads refuses counts that don't add up. Files of
-- its name that were refused before it are settled by it.
create or replace function close_upload(p_upload_id uuid, p_began timestamptz, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_upload uploads;
begin
  update uploads as u
     set status = 'done',
         outcome = 'merged',
         message = case
           when u.redrive_of is null then 'The file is merged.'
           else format('Line %s of %s was redriven.', c.line_number, coalesce(u.file_name, 'a file without a name'))
         end,
         rows_read = c.rows_read,
         rows_new = c.rows_new,
         rows_merged = c.rows_merged,
         rows_duplicate = c.rows_duplicate,
         rows_rejected = c.rows_rejected,
         rows_quarantined = c.rows_quarantined,
         merge_number = nextval('uploads_merge_number_seq'),
         merged_ms = extract(epoch from clock_timestamp() - p_began) * 1000,
         finished_at = p_now
    from (
      select
        count(*) as rows_read,
        min(r.line_number) as line_number,
        count(*) filter (where r.outcome = 'new') as rows_new,
        count(*) filter (where r.outcome = 'merged') as rows_merged,
        count(*) filter (where r.outcome = 'duplicate') as rows_duplicate,
        count(*) filter (where r.outcome = 'rejected') as rows_rejected,
        count(*) filter (where r.outcome = 'quarantined') as rows_quarantined
        from upload_rows as r
       where r.upload_id = p_upload_id
    ) as c
   where u.id = p_upload_id
  returning u.* into v_upload;

  perform record_event(
    p_now, 'dedupe',
    jsonb_build_object(
      'new', v_upload.rows_new,
      'merged', v_upload.rows_merged,
      'duplicate', v_upload.rows_duplicate,
      'rejected', v_upload.rows_rejected,
      'quarantined', v_upload.rows_quarantined
    ),
    p_upload_id => p_upload_id,
    p_source => v_upload.source,
    p_duration_ms => v_upload.merged_ms,
    p_rows => v_upload.rows_read
  );

  if v_upload.redrive_of is null then
    perform settle_refused_files(v_upload, p_now);
  end if;
end
$$;

comment on function close_upload(uuid, timestamptz, timestamptz) is
  'Sets an upload''s counts and status done, and writes its event of stage dedupe: rows read, counts in detail. A file'
  ' discards the dead letters of files of its name that were refused before.';
