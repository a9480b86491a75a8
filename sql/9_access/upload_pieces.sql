-- Only the owner: a file's bytes pass through it.
revoke all on upload_pieces from public, pipeline_writer, pipeline_broker, pipeline_reader;
