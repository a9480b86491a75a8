-- Only the owner: functions that need it run with the owner's rights.
revoke all on area_code_zones from public, pipeline_writer, pipeline_broker, pipeline_reader;
