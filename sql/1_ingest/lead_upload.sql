-- The signed path for PostgREST: POST /rpc/lead_upload with Content-Type: application/octet-stream hands over the raw
-- body, request.headers holds the headers by lower-case name, response.status becomes the answer's status
-- (docs.postgrest.org: Functions with a single unnamed parameter, Transaction-scoped settings). It has to be one
-- argument without a name. Another content type is not passed on as bytes.
--
-- No role may call it until the owner grants it, since it is open to the net: the signature is the authentication.
--
-- Security definer: the caller, often anon, needs nothing but this function.
create or replace function lead_upload(bytea)
returns json
language plpgsql volatile security definer set search_path from current
set standard_conforming_strings = on
as $$
declare
  v_headers jsonb;
  v_receipt upload_receipt;
begin
  begin
    v_headers := nullif(current_setting('request.headers', true), '')::jsonb;
  exception
    when data_exception or statement_too_complex then
      null; -- no headers: a bad request
  end;

  v_receipt := receive_upload($1, v_headers);

  perform set_config('response.status', v_receipt.status::text, true);
  if v_receipt.status = 429 then
    perform set_config('response.headers', '[{"Retry-After": "60"}]', true);
  end if;

  return to_json(v_receipt);
end
$$;

comment on function lead_upload(bytea) is
  'receive_upload for PostgREST: the raw body in, the receipt out, its status as the HTTP status. To open it: grant'
  ' usage on schema … to anon; grant execute on function lead_upload(bytea) to anon; and add the schema to PostgREST''s'
  ' db-schemas.';
