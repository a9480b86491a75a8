-- Only the owner: begins of files rest here, headers and cut records, in clear.
revoke all on upload_copies from public, pipeline_writer, pipeline_broker, pipeline_reader;
