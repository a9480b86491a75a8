-- Hashes and marks of contacts, no values. Written by functions alone.
revoke all on lead_contacts from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on lead_contacts to pipeline_writer;

drop policy if exists pipeline_writer on lead_contacts;
create policy pipeline_writer on lead_contacts to pipeline_writer using (true) with check (true);
