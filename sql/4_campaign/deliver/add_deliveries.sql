-- A delivery for each of a campaign's channels on which a lead has a verified contact, and none twice. Only this
-- function adds deliveries. The caller holds the leads' locks, so no two callers add them at once.
create or replace function add_deliveries(p_lead_ids uuid[], p_campaign_id bigint, p_now timestamptz)
returns void
language sql volatile set search_path from current
as $$
  insert into deliveries (lead_id, campaign_id, channel, not_before, created_at)
  select distinct k.lead_id, c.id, k.channel, p_now, p_now
    from lead_contacts as k
    join campaigns as c on c.id = p_campaign_id and k.channel = any(c.channels)
   where k.lead_id = any(p_lead_ids)
     and k.verified
     and not exists (
       select
         from deliveries as d
        where d.lead_id = k.lead_id
          and d.campaign_id = c.id
          and d.channel = k.channel
     );
$$;

comment on function add_deliveries(uuid[], bigint, timestamptz) is
  'Adds pending deliveries that may be claimed from p_now on; those there are stay as they are.';
