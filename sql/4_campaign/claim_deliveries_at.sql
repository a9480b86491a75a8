-- Claims at a given time: what is pending and due, and what somebody claimed and let run out. Whether the lead may
-- still be contacted is asked again, since a suppression may have come after the feed.
create or replace function claim_deliveries_at(p_channel text, p_limit int, p_lease interval, p_now timestamptz)
returns setof delivery
language plpgsql
volatile
set search_path from current
set jit = off -- compiling costs more than it saves
as $$
begin
  perform check_channel(p_channel);

  if coalesce(p_limit, -1) < 0 or coalesce(p_lease, interval '0') <= interval '0' then
    raise exception using errcode = 'PF086',
      message = 'a claim needs a limit of zero or more and a lease above zero',
      hint = 'select * from claim_deliveries(''phone'', 50, ''5 min'');';
  end if;

  perform bury_exhausted(p_channel, p_now);

  return query
  with due as materialized (
    select d.id, l.id as lead_id, c.name as campaign, usable_contact(l.id, p_channel) as position
      from deliveries as d
      join leads as l on l.id = d.lead_id
      join campaigns as c on c.id = d.campaign_id
     where d.channel = p_channel
       and d.state in ('pending', 'claimed')
       and d.not_before <= p_now
       and (d.state = 'pending' or d.lease_until <= p_now)
       and d.attempts < c.max_attempts
       and l.campaign_status = 'active'
       and not c.paused
       and p_channel <> all(c.paused_channels)
       and exists (select from contactable as t where t.lead_id = l.id and t.campaign_id = c.id)
       and usable_contact(l.id, p_channel) is not null
       and (p_channel <> 'phone' or is_contact_hour(c, l.state, l.zip, p_now))
     order by d.not_before, d.id
     limit p_limit
       for update of d skip locked
  ),

  claimed as (
    update deliveries as d
       set state = 'claimed',
           attempts = d.attempts + 1,
           lease_token = gen_random_uuid(),
           lease_until = p_now + p_lease
      from due as u
     where d.id = u.id
    returning d.id, d.lease_token, d.lead_id, u.campaign, d.channel, u.position, d.attempts, d.lease_until
  )

  select
    c.id,
    c.lease_token,
    c.lead_id,
    c.campaign,
    c.channel,
    lead_pii(c.lead_id) -> (c.channel || 's') ->> (c.position - 1),
    c.attempts,
    c.lease_until
    from claimed as c
   order by c.id;
end
$$;

comment on function claim_deliveries_at(text, int, interval, timestamptz) is 'claim_deliveries at a given time.';

revoke all on function claim_deliveries_at(text, int, interval, timestamptz) from public;
