-- Makes the best contactable queued leads active, and puts into the outbox what is to be sent to them: one delivery for
-- each of the campaign's channels on which the lead has a verified contact.
create or replace function activate_leads(p_campaign campaigns, p_limit int, p_now timestamptz)
returns int
language plpgsql
volatile
set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_ids uuid[];
begin
  v_ids := array(
    select l.id
      from leads as l
      join contactable as c on c.lead_id = l.id and c.campaign_id = p_campaign.id
     where l.campaign_status = 'queued'
       and l.campaign_id = p_campaign.id
     order by l.lead_score desc nulls last, l.created_at, l.id
     limit p_limit
       for update of l skip locked
  );

  update leads as l
     set campaign_status = 'active',
         campaign_status_at = p_now,
         updated_at = p_now
   where l.id = any(v_ids);

  insert into deliveries (lead_id, campaign_id, channel, not_before, created_at)
  select distinct k.lead_id, p_campaign.id, k.channel, p_now, p_now
    from lead_contacts as k
   where k.lead_id = any(v_ids)
     and k.channel = any(p_campaign.channels)
     and k.verified;

  return cardinality(v_ids);
end
$$;

comment on function activate_leads(campaigns, int, timestamptz) is
  'Feeds at most p_limit leads of a campaign; returns how many.';

revoke all on function activate_leads(campaigns, int, timestamptz) from public;
