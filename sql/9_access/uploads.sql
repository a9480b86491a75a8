-- What arrived. Written by functions alone; dashboards read upload_summary.
revoke all on uploads from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on uploads to pipeline_writer;

drop policy if exists pipeline_writer on uploads;
create policy pipeline_writer on uploads to pipeline_writer using (true) with check (true);
