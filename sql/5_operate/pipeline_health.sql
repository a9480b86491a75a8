-- Is everything all right? What each check says is for somebody at 6 a.m.: what is wrong, and what to do.
--
-- Security definer: the checks read keys, contacts and sealed tables, and tell only counts, names and times.
create or replace function pipeline_health()
returns table (check_name text, status text, detail text, hint text)
language sql
stable
security definer
set search_path from current
set debug_print_plan = off
as $$
  select h.check_name, h.status, h.detail, h.hint from pipeline_health_at(now()) as h;
$$;

comment on function pipeline_health() is
  'One row a check, always the same ones: status ok, warn or fail, what was found, and what to do unless it'
  ' is ok. Looks back as far as the setting health_window.';

revoke all on function pipeline_health() from public;
grant execute on function pipeline_health() to pipeline_reader;
