-- Runs one job and keeps its ledger. A failure is undone and recorded, and stops no other job; but a deadlock, a
-- serialization failure or a cancellation concerns the whole transaction and is raised to the caller.
--
-- The lock spares a second caller the wait for the first; the ledger's row is what guarantees that the job is done
-- once.
create or replace function run_job(p_job text, p_subject text, p_day date, p_now timestamptz)
returns job_run_status
language plpgsql volatile set search_path from current
as $$
declare
  v_began timestamptz := clock_timestamp(); -- the duration is measured, whatever p_now says
  v_status job_run_status;
  v_rows bigint;
  v_code text;
  v_message text;
begin
  if not try_lock(format('job/%s/%s', p_job, p_subject)) then
    return 'running'::job_run_status;
  end if;

  insert into job_runs as r (job, subject, day, status, started_at)
  values (p_job, p_subject, p_day, 'running', p_now)
  on conflict (job, subject, day) do update
     set status = 'running',
         attempts = r.attempts + 1,
         started_at = excluded.started_at
   where r.status <> 'done';

  if not found then
    return 'done'::job_run_status; -- by another session, since the caller looked
  end if;

  begin
    v_rows := do_job(p_job, p_subject, p_now);
    v_status := (case when v_rows is null then 'running' else 'done' end)::job_run_status;
  exception
    when deadlock_detected or serialization_failure then
      raise;
    when others then
      get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
      v_status := 'failed';
  end;

  update job_runs as r
     set status = v_status,
         finished_at = case v_status when 'running' then null else p_now end,
         rows = v_rows,
         error_code = v_code,
         error_message = mask_contacts(v_message)
   where r.job = p_job
     and r.subject = p_subject
     and r.day = p_day;

  perform record_event(
    p_now, 'job', jsonb_strip_nulls(jsonb_build_object(
      'job', p_job, 'subject', nullif(p_subject, ''), 'day', p_day, 'status', v_status, 'code', v_code
    )),
    p_rows => v_rows,
    p_duration_ms => (extract(epoch from clock_timestamp() - v_began) * 1000)::int
  );

  return v_status;
end
$$;

comment on function run_job(text, text, date, timestamptz) is
  'done, failed, or running if another session is at it. Kept in job_runs; an event of stage job has the duration. A'
  ' job that is done on that day already is not done again.';
