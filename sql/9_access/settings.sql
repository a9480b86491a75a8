-- Nothing in it is secret; only the owner changes it.
revoke all on settings from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on settings to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on settings;
create policy pipeline_writer on settings to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on settings;
create policy pipeline_reader on settings for select to pipeline_reader using (true);
