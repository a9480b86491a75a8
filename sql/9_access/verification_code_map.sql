-- What codes mean; only the owner changes it.
revoke all on verification_code_map from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on verification_code_map to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on verification_code_map;
create policy pipeline_writer on verification_code_map to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on verification_code_map;
create policy pipeline_reader on verification_code_map for select to pipeline_reader using (true);
