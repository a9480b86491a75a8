-- Events hold nothing personal. They are written by log_event and never changed.
revoke all on pipeline_events from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on pipeline_events to pipeline_writer, pipeline_reader;

drop policy if exists pipeline_writer on pipeline_events;
create policy pipeline_writer on pipeline_events to pipeline_writer using (true) with check (true);

drop policy if exists pipeline_reader on pipeline_events;
create policy pipeline_reader on pipeline_events for select to pipeline_reader using (true);
