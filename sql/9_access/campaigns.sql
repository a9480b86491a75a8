-- Services and dashboards read the calendar and the cap; only the owner changes them.
revoke all on campaigns from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on campaigns to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on campaigns;
create policy pipeline_writer on campaigns to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on campaigns;
create policy pipeline_reader on campaigns for select to pipeline_reader using (true);
