-- Only the owner: the normalisers that read it run with the owner's rights.
revoke all on address_words from public, pipeline_writer, pipeline_broker, pipeline_reader;
