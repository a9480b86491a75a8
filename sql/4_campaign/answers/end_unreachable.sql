-- What follows when a contact turns out to be invalid: an active lead without any other verified contact on its
-- campaign's channels is ended; if only the channel has none left, what waits on it is cancelled.
create or replace function end_unreachable(p_lead_id uuid, p_channel text, p_status campaign_status, p_now timestamptz)
returns void
language sql volatile set search_path from current
as $$
  select cancel_open_deliveries(array[p_lead_id], p_channel, p_now)
   where not exists (
     select
       from lead_contacts as k
      where k.lead_id = p_lead_id
        and k.channel = p_channel
        and k.verified
   );

  select give_reason(case p_status when 'bounced' then 'record_bounce' else 'record_call' end);

  update leads as l
     set campaign_status = p_status,
         campaign_status_at = p_now,
         updated_at = p_now
    from campaigns as c
   where l.id = p_lead_id
     and l.campaign_status = 'active'
     and c.id = l.campaign_id
     and not exists (
       select
         from lead_contacts as k
        where k.lead_id = p_lead_id
          and k.channel = any(c.channels)
          and k.verified
     );
$$;

comment on function end_unreachable(uuid, text, campaign_status, timestamptz) is
  'Moves an active lead without a verified contact to bounced or invalid, and cancels what a channel without one has'
  ' open. The caller holds the lead''s lock.';
