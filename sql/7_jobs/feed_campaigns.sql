-- Feeds every campaign that is due and was not fed today, with the same ledger as run_due_jobs. It is called apart from
-- that, so that a refresh which takes long or is cut off by a time-out doesn't hold up the feed.
--
-- Security definer: jobs work on what is the owner's alone, and the caller may not choose the time.
create or replace procedure feed_campaigns()
language plpgsql security definer set search_path from current
as $$
begin
  call run_due_jobs('feed_campaign', clock_timestamp());
end
$$;

comment on procedure feed_campaigns () is
  'Runs the job feed_campaign for each campaign for which it is due now and not done today.';

grant execute on procedure feed_campaigns() to pipeline_writer;
