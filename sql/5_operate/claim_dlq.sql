-- Hands out dead letters, each to one caller for as long as the lease.
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
as $$
begin
  return query select * from claim_dlq_at(p_limit, p_lease, p_source, p_opened, now());
end
$$;

comment on function claim_dlq(int, interval, text, boolean) is
  'Claims up to p_limit dead letters that are due, of one source if it is named, oldest due first. With the token the'
  ' caller redrives, corrects, decides, discards or finishes it; otherwise another may claim it after the lease. After'
  ' settings.max_dlq_attempts claims it is left to a person. p_opened: with what is personal of it, which is an event.'
  ' PF109 without a limit or lease.';

revoke all on function claim_dlq(int, interval, text, boolean) from public;
grant execute on function claim_dlq(int, interval, text, boolean) to pipeline_writer;
