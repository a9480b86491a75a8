-- Gives up what was claimed as often as its campaign allows and never finished: it would be claimed no more, and nobody
-- would hear of it.
create or replace function bury_exhausted(p_channel text, p_now timestamptz)
returns void
language sql
volatile
set search_path from current
as $$
  with given_up as materialized (
    select d as delivery
      from deliveries as d
      join campaigns as c on c.id = d.campaign_id
     where d.channel = p_channel
       and d.state in ('pending', 'claimed')
       and (d.state = 'pending' or d.lease_until <= p_now)
       and d.attempts >= c.max_attempts
       for update of d skip locked
  )

  select drop_delivery(g.delivery, r.reason, r.hint, p_now)
    from given_up as g
   cross join refusal_of(null) as r;
$$;

comment on function bury_exhausted(text, timestamptz) is
  'Deliveries of a channel whose attempts are used up and whose lease ran out become dead letters.';
