-- Reads the stored codes again after the map changed.
-- Security definer: contacts and what follows them are written by functions alone.
create or replace function reverify_leads(p_limit int default 10000)
returns int
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select reverify_leads_at(p_limit, now());
$$;

comment on function reverify_leads(int) is
  'Judges up to p_limit leads anew that have a code whose effect changed, and no others. Returns how many; call it'
  ' until that is 0. PF086 for a limit that is not above zero.';

revoke all on function reverify_leads(int) from public;
grant execute on function reverify_leads(int) to pipeline_writer;
