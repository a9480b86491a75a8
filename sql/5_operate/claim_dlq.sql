-- Hands out dead letters, each to one caller for as long as the lease. Who rolls back leaves no event of what was
-- opened to him, so the server's log, which no role reaches, gets a line too.
--
-- Security definer: it writes leases and may open what is sealed, and the caller may not choose the time.
create or replace function claim_dlq(
  p_limit int default 50,
  p_lease interval default '5 min',
  p_source text default null,
  p_opened boolean default false
)
returns setof dead_letter
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
declare
  v_count bigint;
begin
  return query select * from claim_dlq_at(p_limit, p_lease, p_source, p_opened, now());

  get diagnostics v_count = row_count;
  if p_opened and v_count > 0 then
    raise log 'pgfunnel: % dead letters were opened to %', v_count, session_user;
  end if;
end
$$;

comment on function claim_dlq(int, interval, text, boolean) is
  'Claims up to p_limit dead letters that are due, oldest due first. p_source is the step that gave up, as in'
  ' pipeline_dlq.source: delivery, reply, call, bounce, booking, or what send_to_dlq was told; not the vendor. Without'
  ' it all but upload: rows and files that were set aside need a person, and are claimed by p_source => ''upload'''
  ' alone. With the token the caller redrives, corrects, decides, discards or finishes it; otherwise another may claim'
  ' it after the lease. After settings.max_dlq_attempts claims it is left to a person. p_opened: with what is personal'
  ' of it, which is an event; where that does not open, it is null and last_error says why. PF109 without a limit or'
  ' lease.';

revoke all on function claim_dlq(int, interval, text, boolean) from public;
grant execute on function claim_dlq(int, interval, text, boolean) to pipeline_writer;
