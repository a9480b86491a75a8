-- The signed path, as a webhook calls it: whatever comes is answered with a status, and what is refused leaves an
-- event.
--
-- Literals are read as they stand in the files, whatever the caller's session has set.
--
-- Security definer: secrets, guard and staging are the owner's alone, and the caller may not choose the time.
create or replace function receive_upload(p_body bytea, p_headers jsonb)
returns upload_receipt
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
set standard_conforming_strings = on
as $$
begin
  return receive_upload_at(p_body, p_headers, now(), clock_timestamp());
end
$$;

comment on function receive_upload(bytea, jsonb) is
  'Takes in a signed file: the exact bytes of the body, the headers as an object. Headers: x-pgfunnel-source,'
  ' x-pgfunnel-file-name (optional), and those of the source''s scheme (webhook_schemes). status as HTTP: 200 merged,'
  ' also for content merged before; 400, 401, 413, 422 refused; 409 if lock_timeout ends while another upload is worked'
  ' on; 429 above the source''s rate. Above read committed a serialization failure (40001) passes: run the transaction'
  ' again.';

revoke all on function receive_upload(bytea, jsonb) from public;
grant execute on function receive_upload(bytea, jsonb) to pipeline_writer;
