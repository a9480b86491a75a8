-- What is due when, for services and dashboards; only the owner changes it.
revoke all on jobs from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on jobs to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on jobs;
create policy pipeline_writer on jobs to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on jobs;
create policy pipeline_reader on jobs for select to pipeline_reader using (true);
