-- Makes the best contactable queued leads active, and adds their deliveries, all at once. Triggers do the rest: they
-- count each lead and write its event.
create or replace function activate_leads(p_campaign campaigns, p_limit int, p_now timestamptz)
returns int
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
set enable_sort = off -- the index has the order, however few leads the planner thinks there are
set enable_seqscan = off
as $$
declare
  v_ids uuid[];
begin
  v_ids := array(
    select l.id
      from leads as l
     where l.campaign_status = 'queued'
       and l.campaign_id = p_campaign.id
       and (select true from contactable as c where c.lead_id = l.id and c.campaign_id = p_campaign.id)
     order by l.lead_score desc nulls last, l.created_at, l.id
     limit p_limit
       for update of l skip locked
  );

  perform add_deliveries(v_ids, p_campaign.id, p_now);
  perform give_reason('feed_campaign');

  update leads as l
     set campaign_status = 'active',
         campaign_status_at = p_now,
         updated_at = p_now
   where l.id = any(v_ids);

  return cardinality(v_ids);
end
$$;

comment on function activate_leads(campaigns, int, timestamptz) is
  'Feeds at most p_limit leads of a campaign; returns how many.';
