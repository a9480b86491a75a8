-- Removes what has been kept long enough.
--
-- Security definer: what is purged is written by functions alone, and the caller may not choose the time.
create or replace function purge_expired()
returns table (what text, rows bigint)
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select p.what, p.rows from purge_expired_at(now()) as p;
$$;

comment on function purge_expired() is
  'Deletes rows older than settings say, at most purge_batch of a kind in one call: call it again while rows reaches'
  ' that. A row a kind: upload_rows, upload_changes, pipeline_dlq, pipeline_events, job_runs, pii_reveals, unfinished'
  ' uploads. Never the replay guard, consents and their events, suppressions, or the proof of an erasure.';

revoke all on function purge_expired() from public;
grant execute on function purge_expired() to pipeline_writer;
