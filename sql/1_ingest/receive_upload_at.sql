-- Size, headers, time, signature, guard, parse, stage, merge: what fails earlier never reaches the later steps. Who
-- is not who he says, or late, or unknown, gets one and the same answer.
create or replace function receive_upload_at(p_body bytea, p_headers jsonb, p_now timestamptz)
returns upload_receipt
language plpgsql
volatile
set search_path from current
as $$
declare
  v_headers jsonb := read_headers(p_headers);
  v_source text := v_headers ->> 'x-pgfunnel-source';
  v_doubt text;
begin
  if octet_length(p_body) > setting('max_upload_bytes')::bigint then
    return refuse_message(
      p_now, v_source, 413, 'too_large', format('At most %s bytes are taken.', setting('max_upload_bytes'))
    );
  end if;

  -- a dot in the id would let it be told otherwise where id and time end in id.timestamp.body
  if p_body is null
    or not coalesce(
      v_headers ?& array['x-pgfunnel-source', 'webhook-id', 'webhook-timestamp', 'webhook-signature']
      and v_headers ->> 'webhook-id' ~ '^[^.[:space:]]{1,255}$',
      false
    )
  then
    return refuse_message(
      p_now, v_source, 400, 'bad_headers',
      'A body and once each x-pgfunnel-source, webhook-id (no dot), webhook-timestamp, webhook-signature are needed.'
    );
  end if;

  v_doubt := case
    when not is_timely(v_headers ->> 'webhook-timestamp', p_now) then 'untimely'
    when not verify_standard(v_source, v_headers, p_body, p_now) then 'bad_signature'
  end;

  if v_doubt is not null then
    return refuse_message(
      p_now, v_source, 401, 'unauthorized', 'Source, time and signature do not go together.', v_doubt
    );
  end if;

  return ingest_content(
    p_now, v_source, p_body, left(v_headers ->> 'x-pgfunnel-file-name', 255), v_headers ->> 'webhook-id'
  );
end
$$;

comment on function receive_upload_at(bytea, jsonb, timestamptz) is 'receive_upload at a given time.';

revoke all on function receive_upload_at(bytea, jsonb, timestamptz) from public;
