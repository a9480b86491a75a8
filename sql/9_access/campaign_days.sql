-- The ledger of the cap: written by the trigger alone.
revoke all on campaign_days from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on campaign_days to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on campaign_days;
create policy pipeline_writer on campaign_days to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on campaign_days;
create policy pipeline_reader on campaign_days for select to pipeline_reader using (true);
