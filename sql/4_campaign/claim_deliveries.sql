-- Hands out what is to be sent now, each to one caller for as long as the lease, with the contact in clear.
--
-- The hour is asked of the clock: the transaction's time stands still in one that is held open, and would let the
-- evening's calls be claimed at night.
--
-- Who rolls back has read the contacts and leaves no claim. So the server's log, which no role reaches, gets a line.
--
-- Security definer: it opens contacts, which no role may do by itself, and the caller may not choose the time.
create or replace function claim_deliveries(p_channel text, p_limit int default 50, p_lease interval default '5 min')
returns setof delivery
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
declare
  v_count bigint;
begin
  return query select * from claim_deliveries_at(p_channel, p_limit, p_lease, clock_timestamp());

  get diagnostics v_count = row_count;
  if v_count > 0 then
    raise log 'pgfunnel: % contacts (%) were opened to %', v_count, p_channel, session_user;
  end if;
end
$$;

comment on function claim_deliveries(text, int, interval) is
  'Claims up to p_limit deliveries of a channel, phone or email: each with its token for finish_delivery and the'
  ' contact value. Phone only within the contact hours of the property''s zone and the number''s; never a suppressed or'
  ' do-not-call value, a paused campaign or a lead that is not active. The lease must exceed the time that the whole'
  ' batch takes. What does not open becomes a dead letter. PF060 for an unknown channel, PF086 for a limit or lease'
  ' that is none; PF011, PF012 if the key is not the right one.';

revoke all on function claim_deliveries(text, int, interval) from public;
grant execute on function claim_deliveries(text, int, interval) to pipeline_writer;
