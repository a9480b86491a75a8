-- Takes a campaign and its ledger of a local day for this transaction, so that neither the cap nor the count changes
-- while the caller feeds by them. A session that makes a lead active by hand meanwhile, or changes the cap, waits.
create or replace function hold_campaign_day(p_campaign_id bigint, p_day date)
returns campaigns
language plpgsql volatile set search_path from current
as $$
declare
  v_campaign campaigns;
begin
  select c.* into v_campaign from campaigns as c where c.id = p_campaign_id for share;

  insert into campaign_days (campaign_id, day, cap)
  values (p_campaign_id, p_day, cap_of_day(v_campaign, p_day))
  on conflict (campaign_id, day) do nothing;

  perform from campaign_days as d where d.campaign_id = p_campaign_id and d.day = p_day for update;

  return v_campaign;
end
$$;

comment on function hold_campaign_day(bigint, date) is 'The campaign, read again now that it is held.';
