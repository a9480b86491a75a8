-- The feeder: makes as many of the best queued leads active as the day's cap allows, when it is due.
--
-- Security definer: the caller may not choose the time, and the ledger is the owner's alone.
create or replace function feed_campaign(p_campaign text default 'default')
returns feed_result
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return feed_campaign_at(p_campaign, now());
end
$$;

comment on function feed_campaign(text) is
  'Feeds a campaign. status: fed; not_due, paused or holiday by its calendar; locked while another feeds it; capped'
  ' when the day''s cap is used up; empty when no queued lead is contactable. PF083 for an unknown campaign.';

revoke all on function feed_campaign(text) from public;
grant execute on function feed_campaign(text) to pipeline_writer;
