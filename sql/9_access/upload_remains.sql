-- What is left of reverted uploads. Written by the revert alone.
revoke all on upload_remains from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on upload_remains to pipeline_writer;

drop policy if exists pipeline_writer on upload_remains;
create policy pipeline_writer on upload_remains to pipeline_writer using (true) with check (true);
