-- Which headers mean what; only the owner changes it. Services read it to name the fields of a correction.
revoke all on header_aliases from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on header_aliases to pipeline_writer;

drop policy if exists pipeline_writer on header_aliases;
create policy pipeline_writer on header_aliases to pipeline_writer using (true) with check (true);
