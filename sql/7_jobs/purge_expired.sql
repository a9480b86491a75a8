-- Removes what has been kept long enough.
--
-- Security definer: what is purged is written by functions alone, and the caller may not choose the time.
create or replace function purge_expired()
returns table (what text, rows bigint)
language sql volatile security definer set search_path from current
as $$
  select p.what, p.rows from purge_expired(clock_timestamp()) as p;
$$;

-- Purges at a given time, a batch of each kind, and skips every row that another session has locked.
--
-- What an upload changed goes before its lines are looked at, and only when none is left: so a revert has both or is
-- refused. Events that prove something stay: consents, suppressions, erasures.
create or replace function purge_expired(p_now timestamptz)
returns table (what text, rows bigint)
language plpgsql volatile set search_path from current
as $$
declare
  v_batch int := setting('purge_batch')::int;
  v_kind record;
begin
  what := 'unfinished uploads';

  with discarded as (
    select discard_upload(o.upload_id, p_now)
      from (
        select c.upload_id
          from upload_copies as c
          join uploads as u on u.id = c.upload_id
         where u.status = 'receiving'
           and u.received_at < kept_since('keep_unfinished_uploads', p_now)
         order by u.received_at
         limit v_batch
           for update of c skip locked
      ) as o
  )

  select count(*) into rows from discarded;
  return next;

  for v_kind in
    select k.*
      from (
        values
          ('upload_changes', 'keep_upload_rows', 'o.upload_id in (select u.id from uploads as u where u.received_at < $1)'
            ' and not exists (select from upload_rows as r where r.upload_id = o.upload_id)'),
          ('upload_rows', 'keep_upload_rows', 'o.upload_id in (select u.id from uploads as u where u.received_at < $1)'),
          ('pipeline_dlq', 'keep_dead_letters', 'o.created_at < $1 and o.state in (''redriven'', ''discarded'')'),
          ('pipeline_events', 'keep_events', 'o.occurred_at < $1'
            ' and o.stage not in (''consent'', ''suppression'', ''erased'')'),
          ('job_runs', 'keep_job_runs', 'o.started_at < $1 and o.status <> ''running'''),
          ('pii_reveals', 'keep_reveals', 'o.revealed_at < $1')
      ) as k (table_name, setting, is_expired)
  loop
    what := v_kind.table_name;

    execute format(
      'delete from %1$I as t where t.ctid = any(array('
      ' select o.ctid from %1$I as o where %2$s limit $2 for update of o skip locked))',
      v_kind.table_name, v_kind.is_expired
    ) using kept_since(v_kind.setting, p_now), v_batch;

    get diagnostics rows = row_count;
    return next;
  end loop;
end
$$;

comment on function purge_expired() is
  'Deletes rows older than settings say, at most purge_batch of a kind in one call: call it again while rows reaches'
  ' that. A row a kind: unfinished uploads, upload_changes, upload_rows, pipeline_dlq, pipeline_events, job_runs,'
  ' pii_reveals. Never the replay guard, consents and their events, suppressions, or the proof of an erasure.';
comment on function purge_expired(timestamptz) is 'purge_expired at a given time.';

grant execute on function purge_expired() to pipeline_writer;
