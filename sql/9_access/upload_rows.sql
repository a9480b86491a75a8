-- What became of each line. Written by the merge alone.
revoke all on upload_rows from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on upload_rows to pipeline_writer;

drop policy if exists pipeline_writer on upload_rows;
create policy pipeline_writer on upload_rows to pipeline_writer using (true) with check (true);
