-- Only the owner: is_opt_out() reads it for functions that run with the owner's rights.
revoke all on opt_out_phrases from public, pipeline_writer, pipeline_broker, pipeline_reader;
