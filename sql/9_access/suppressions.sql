-- Hashes and reasons. Written by opt_out alone.
revoke all on suppressions from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on suppressions to pipeline_writer;

drop policy if exists pipeline_writer on suppressions;
create policy pipeline_writer on suppressions to pipeline_writer using (true) with check (true);
