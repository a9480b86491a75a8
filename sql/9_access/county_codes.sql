-- Only the owner: the normalisers that read it run with the owner's rights.
revoke all on county_codes from public, pipeline_writer, pipeline_broker, pipeline_reader;
