-- All checks of the pipeline. Each is written for an operator at 6 a.m.: what is wrong, and what to do.
--
-- Security definer: the checks read keys, contacts and sealed tables, and tell only counts, names and times.
create or replace function pipeline_health()
returns table (check_name text, status text, detail text, hint text)
language sql stable security definer set search_path from current
as $$
  select h.check_name, h.status, h.detail, h.hint from pipeline_health(clock_timestamp()) as h;
$$;

-- All checks, in the order of the funnel. Each is short: compiling it would take longer than running it, hence
-- jit off.
create or replace function pipeline_health(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
set jit to off
as $$
  select * from health_of_keys()
  union all
  select * from health_of_logs()
  union all
  select * from health_of_path()
  union all
  select * from health_of_locks()
  union all
  select * from health_of_constraints()
  union all
  select * from health_of_indexes()
  union all
  select * from health_of_columns()
  union all
  select * from health_of_secrets(p_now)
  union all
  select * from health_of_schemes()
  union all
  select * from health_of_uploads(p_now)
  union all
  select * from health_of_copies(p_now)
  union all
  select * from health_of_dead_letters()
  union all
  select * from health_of_codes(p_now)
  union all
  select * from health_of_verification()
  union all
  select * from health_of_consents()
  union all
  select * from health_of_contactable(p_now)
  union all
  select * from health_of_feed(p_now)
  union all
  select * from health_of_deliveries(p_now)
  union all
  select * from health_of_calls(p_now)
  union all
  select * from health_of_suppression()
  union all
  select * from health_of_jobs(p_now);
$$;

comment on function pipeline_health() is
  'One row a check, always the same ones: status ok, warn or fail, what was found, and what to do unless it'
  ' is ok. Looks back as far as the setting health_window.';
comment on function pipeline_health(timestamptz) is 'pipeline_health at a given time.';

grant execute on function pipeline_health() to pipeline_reader;
