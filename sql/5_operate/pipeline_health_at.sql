-- All checks, in the order of the funnel. Each is short: compiling it would take longer than running it, hence
-- jit off.
create or replace function pipeline_health_at(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
set jit to off
as $$
  select * from health_of_keys()
  union all
  select * from health_of_logs()
  union all
  select * from health_of_path()
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

comment on function pipeline_health_at(timestamptz) is 'pipeline_health at a given time.';

revoke all on function pipeline_health_at(timestamptz) from public;
