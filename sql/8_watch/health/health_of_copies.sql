-- Files that were begun and not finished: they are probably forgotten, and what was staged of them rests in clear.
create or replace function health_of_copies(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'unfinished_uploads',
    case when count(*) > 0 then 'warn' else 'ok' end,
    case
      when count(*) > 0 then format(
        '%s for more than %s, the oldest %s',
        counted(count(*), 'file waits to be finished', 'files wait to be finished'),
        setting('unfinished_upload_after'),
        (array_agg(c.upload_id order by u.received_at))[1]
      )
      else format('none for more than %s', setting('unfinished_upload_after'))
    end,
    case when count(*) > 0 then 'finish_upload merges it, discard_upload drops what was copied in of it.' end
    from upload_copies as c
    join uploads as u on u.id = c.upload_id
   where u.received_at < p_now - setting('unfinished_upload_after')::interval;
$$;

comment on function health_of_copies(timestamptz) is
  'Check unfinished_uploads: warns of files that are being copied in for longer than the setting'
  ' unfinished_upload_after.';
