-- The old versions of the map, kept by its trigger alone.
revoke all on verification_code_history from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on verification_code_history to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on verification_code_history;
create policy pipeline_writer on verification_code_history to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on verification_code_history;
create policy pipeline_reader on verification_code_history for select to pipeline_reader using (true);
