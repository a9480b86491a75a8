-- Only the owner: who opened what is nobody else's business.
revoke all on pii_reveals from public, pipeline_writer, pipeline_broker, pipeline_reader;
