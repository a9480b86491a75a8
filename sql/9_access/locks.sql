-- Only the owner: who could lock a row of it could keep everybody waiting.
revoke all on locks from public, pipeline_writer, pipeline_broker, pipeline_reader;
