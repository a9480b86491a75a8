-- Only the owner: judge_call() reads it for functions that run with the owner's rights.
revoke all on call_reasons from public, pipeline_writer, pipeline_broker, pipeline_reader;
