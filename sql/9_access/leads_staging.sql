-- Only the owner: staged rows hold personal data in clear until their merge commits.
revoke all on leads_staging from public, pipeline_writer, pipeline_broker, pipeline_reader;
