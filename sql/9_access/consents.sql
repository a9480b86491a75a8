-- The proof without its sealed evidence. Appended by functions alone.
revoke all on consents from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select (id, lead_id, action, method, text_shown, evidence_hash, recorded_at, previous_hash, row_hash)
  on consents to pipeline_writer;

drop policy if exists pipeline_writer on consents;
create policy pipeline_writer on consents to pipeline_writer using (true) with check (true);
