-- Read by services and dashboards; only the owner changes it.
revoke all on holidays from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on holidays to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on holidays;
create policy pipeline_writer on holidays to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on holidays;
create policy pipeline_reader on holidays for select to pipeline_reader using (true);
