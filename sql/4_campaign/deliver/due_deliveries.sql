-- What is due to be sent on a channel, locked for this transaction: pending deliveries, and claimed ones whose lease
-- ran out. Whether the lead may still be contacted is asked again, since a suppression may have come after the feed. A
-- delivery that another session is claiming is passed over.
create or replace function due_deliveries(p_channel text, p_limit int, p_now timestamptz)
returns setof deliveries
language sql volatile set search_path from current
as $$
  select d.*
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
     and p_channel = any(c.channels) -- it may have been taken off since the feed
     and p_channel <> all(c.paused_channels)
     and exists (select from contactable as t where t.lead_id = l.id and t.campaign_id = c.id)
     and usable_contact(l.id, p_channel) is not null
   order by d.not_before, d.id
   limit p_limit
     for update of d skip locked;
$$;

comment on function due_deliveries(text, int, timestamptz) is
  'Up to p_limit deliveries, locked, the longest due first; whatever the hour where the lead is.';
