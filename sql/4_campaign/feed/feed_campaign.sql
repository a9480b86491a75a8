-- The feeder: makes as many of the best queued leads active as the day's cap allows, when it is due.
--
-- Security definer: the caller may not choose the time, and the ledger is the owner's alone.
create or replace function feed_campaign(p_campaign text default 'default')
returns feed_result
language sql volatile security definer set search_path from current
as $$
  select feed_campaign(p_campaign, clock_timestamp());
$$;

-- Feeds at a given time. The lock spares two feeders the same work; the cap is held by the ledger, in which the trigger
-- set_added_to_campaign_at counts each lead.
create or replace function feed_campaign(p_campaign text, p_now timestamptz)
returns feed_result
language plpgsql volatile set search_path from current
as $$
declare
  v_campaign campaigns := campaign_named(p_campaign);
  v_day date := local_day(p_now, v_campaign.timezone);
  v_status text := feed_obstacle(v_campaign, p_now);
  v_cap int;
  v_left int;
  v_fed int := 0;
begin
  if v_status is null and not try_lock('feed/' || v_campaign.id) then
    v_status := 'locked';
  end if;

  if v_status is null then
    v_campaign := hold_campaign_day(v_campaign.id, v_day);
    v_status := feed_obstacle(v_campaign, p_now); -- it may have been paused while this waited
  end if;

  v_cap := cap_of_day(v_campaign, v_day);
  v_left := greatest(
    v_cap - coalesce((select d.fed from campaign_days as d where d.campaign_id = v_campaign.id and d.day = v_day), 0), 0
  );
  v_status := coalesce(v_status, case v_left when 0 then 'capped' end);

  if v_status is null then
    v_fed := activate_leads(v_campaign, v_left, p_now);
    v_status := case v_fed when 0 then 'empty' else 'fed' end;
  end if;

  return (v_status, v_day, v_cap, v_fed, v_left - v_fed)::feed_result;
end
$$;

comment on function feed_campaign(text) is
  'Feeds a campaign. status: fed; not_due, paused or holiday by its calendar; locked while another feeds it; capped'
  ' when the day''s cap is used up; empty when no queued lead is contactable. PF083 for an unknown campaign.';
comment on function feed_campaign(text, timestamptz) is 'feed_campaign at a given time.';

grant execute on function feed_campaign(text) to pipeline_writer;
