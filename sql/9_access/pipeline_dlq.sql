-- Dead letters without their sealed part and the token of who works on one: services name the columns they read.
-- Written by functions alone.
revoke all on pipeline_dlq from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select (
  id, source, payload, reason, hint, retry_after, created_at, attempts, state, lease_until, last_error, upload_id,
  line_number, redriven_as
) on pipeline_dlq to pipeline_writer;

drop policy if exists pipeline_writer on pipeline_dlq;
create policy pipeline_writer on pipeline_dlq to pipeline_writer using (true) with check (true);
