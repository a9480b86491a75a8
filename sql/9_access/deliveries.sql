-- The outbox. Claimed and finished by functions alone.
revoke all on deliveries from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on deliveries to pipeline_writer;

drop policy if exists pipeline_writer on deliveries;
create policy pipeline_writer on deliveries to pipeline_writer using (true) with check (true);
