-- What arrived and what became of it: a row for each file, and for each redriven line of one. The columns are those of
-- the receipt, so that both say the same.
--
-- The rows of a file that is being copied in are counted while its transaction still runs, from its backend's
-- application_name (see stage_copied); only a backend of the login that began the file is believed.
create or replace view upload_summary as
select
  u.id as upload_id,
  u.source,
  u.file_name,
  u.status,
  u.outcome,
  u.message,
  u.bytes,
  case
    when u.status = 'receiving' then greatest(u.rows_read, (
      select max(substring(a.application_name from '[0-9]{1,9}$')::int)
        from pg_stat_activity as a
        join upload_copies as c on c.login = a.usename
       where c.upload_id = u.id
         and a.datname = current_database()
         and a.application_name ~ ('^pgfunnel ' || u.id || ' [0-9]{1,9}$')
    ))
    else u.rows_read
  end as rows_read,
  u.rows_new,
  u.rows_merged,
  u.rows_duplicate,
  u.rows_rejected,
  u.rows_quarantined,
  u.unknown_columns,
  u.received_at,
  u.finished_at,
  u.staged_ms,
  u.merged_ms,
  u.redrive_of
  from uploads as u;

comment on view upload_summary is
  'A row a file that arrived, and a row a line of one that was redriven: redrive_of is then its dead letter, and its'
  ' file counts the line too, as rejected or quarantined. rows_read is the sum of the five outcomes once status is'
  ' done, and stays so when it is reverted; it grows while it is receiving. Durations in milliseconds. A message that'
  ' was refused before its sender was known has no row here, only an event of stage refused.';

grant select on upload_summary to pipeline_writer, pipeline_reader;
