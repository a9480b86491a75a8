-- A file that was merged replaces those of its name that the same source sent before and that were refused as a whole:
-- their dead letters are discarded. One that another session has locked is left to it: merges don't wait
-- for it.
create or replace function settle_refused_files(p_upload uploads, p_now timestamptz)
returns void
language sql volatile set search_path from current
as $$
  select settle_dead_letter(
    q, ('discarded', 'A file of this name was merged.', null, null)::redrive_result, p_now
  )
    from (
      select o.*
        from pipeline_dlq as o
        join uploads as u on u.id = o.upload_id
       where o.source = 'upload'
         and o.line_number is null
         and o.state in ('waiting', 'claimed')
         and u.source = p_upload.source
         and o.payload ->> 'file' = p_upload.file_name
         and u.id <> p_upload.id
       order by o.id
         for update of o skip locked
    ) as l
    join pipeline_dlq as q on q.id = l.id;
$$;

comment on function settle_refused_files(uploads, timestamptz) is
  'Discards the open dead letters of whole files of the upload''s source and file name; a file without a name has'
  ' none.';
