-- Removes what has been kept long enough.
--
-- Security definer: what is purged is written by functions alone, and the caller may not choose the time.
create or replace function purge_expired()
returns table (what text, rows bigint)
language sql
volatile
security definer
set search_path from current
as $$
  select p.what, p.rows from purge_expired(clock_timestamp()) as p;
$$;

-- Purges at a given time, each kind bounded. What an upload changed goes only when none of its lines was left, so that
-- a revert either has both or is refused. Events that prove something stay: consents, suppressions, erasures.
create or replace function purge_expired(p_now timestamptz)
returns table (what text, rows bigint)
language sql
volatile
set search_path from current
as $$
  with discarded as (
    select discard_upload(o.id, p_now)
      from (
        select u.id
          from uploads as u
          join upload_copies as c on c.upload_id = u.id
         where u.status = 'receiving'
           and u.received_at < kept_since('keep_unfinished_uploads', p_now)
         order by u.received_at
         limit setting('purge_batch')::int
           for update of u skip locked
      ) as o
  ),

  lines as (
    delete from upload_rows as r
     using (
       select o.upload_id, o.line_number
         from uploads as u
         join upload_rows as o on o.upload_id = u.id
        where u.received_at < kept_since('keep_upload_rows', p_now)
        limit setting('purge_batch')::int
     ) as t
     where r.upload_id = t.upload_id
       and r.line_number = t.line_number
    returning 1
  ),

  changes as (
    delete from upload_changes as c
     using (
       select o.upload_id, o.lead_id
         from uploads as u
         join upload_changes as o on o.upload_id = u.id
        where u.received_at < kept_since('keep_upload_rows', p_now)
          and not exists (select from upload_rows as r where r.upload_id = u.id)
        limit setting('purge_batch')::int
     ) as t
     where c.upload_id = t.upload_id
       and c.lead_id = t.lead_id
    returning 1
  ),

  letters as (
    delete from pipeline_dlq as q
     where q.id in (
       select o.id
         from pipeline_dlq as o
        where o.state in ('redriven', 'discarded')
          and o.created_at < kept_since('keep_dead_letters', p_now)
        limit setting('purge_batch')::int
     )
    returning 1
  ),

  events as (
    delete from pipeline_events as e
     where e.id in (
       select o.id
         from pipeline_events as o
        where o.occurred_at < kept_since('keep_events', p_now)
          and o.stage not in ('consent', 'suppression', 'erased')
        limit setting('purge_batch')::int
     )
    returning 1
  ),

  runs as (
    delete from job_runs as r
     where (r.job, r.subject, r.day) in (
       select o.job, o.subject, o.day
         from job_runs as o
        where o.started_at < kept_since('keep_job_runs', p_now)
          and o.status <> 'running'
        limit setting('purge_batch')::int
     )
    returning 1
  ),

  reveals as (
    delete from pii_reveals as r
     where r.id in (
       select o.id
         from pii_reveals as o
        where o.revealed_at < kept_since('keep_reveals', p_now)
        limit setting('purge_batch')::int
     )
    returning 1
  )

  select 'unfinished uploads', count(*) from discarded
  union all
  select 'upload_rows', count(*) from lines
  union all
  select 'upload_changes', count(*) from changes
  union all
  select 'pipeline_dlq', count(*) from letters
  union all
  select 'pipeline_events', count(*) from events
  union all
  select 'job_runs', count(*) from runs
  union all
  select 'pii_reveals', count(*) from reveals;
$$;

comment on function purge_expired() is
  'Deletes rows older than settings say, at most purge_batch of a kind in one call: call it again while rows reaches'
  ' that. A row a kind: upload_rows, upload_changes, pipeline_dlq, pipeline_events, job_runs, pii_reveals, unfinished'
  ' uploads. Never the replay guard, consents and their events, suppressions, or the proof of an erasure.';
comment on function purge_expired(timestamptz) is 'purge_expired at a given time.';

grant execute on function purge_expired() to pipeline_writer;
