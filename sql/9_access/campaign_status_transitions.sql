-- Which moves exist; only the owner changes it.
revoke all on campaign_status_transitions from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on campaign_status_transitions to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on campaign_status_transitions;
create policy pipeline_writer on campaign_status_transitions to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on campaign_status_transitions;
create policy pipeline_reader on campaign_status_transitions for select to pipeline_reader using (true);
