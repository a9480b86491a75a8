-- Gives up what was claimed as often as its campaign allows and never finished: no claim would take it again, and
-- nobody would learn of it.
create or replace function give_up_exhausted(p_channel text, p_now timestamptz)
returns void
language sql volatile set search_path from current
as $$
  with exhausted as materialized (
    select d as delivery
      from deliveries as d
      join campaigns as c on c.id = d.campaign_id
     where d.channel = p_channel
       and d.state in ('pending', 'claimed')
       and (d.state = 'pending' or d.lease_until <= p_now)
       and d.attempts >= c.max_attempts
       for update of d skip locked
  )

  select give_up_delivery(e.delivery, null, null, r.reason, r.hint, p_now)
    from exhausted as e
   cross join refusal_of(null) as r;
$$;

comment on function give_up_exhausted(text, timestamptz) is
  'Deliveries of a channel whose attempts are used up and whose lease ran out become dead letters.';
