-- Feeds every campaign that is due and was not fed today, and keeps the same ledger as run_due_jobs. Called beside it,
-- so that a refresh that takes long, or is cut off by a time-out, does not hold the feed up.
--
-- Security definer: jobs work on what is the owner's alone, and the caller may not choose the time.
create or replace procedure feed_campaigns()
language plpgsql
security definer
set search_path from current
as $$
begin
  call run_due_jobs(clock_timestamp(), 'feed_campaign');
end
$$;

comment on procedure feed_campaigns () is
  'Runs the job feed_campaign for each campaign for which it is due now and not done today.';

grant execute on procedure feed_campaigns() to pipeline_writer;
