-- The signed path, as a webhook calls it. Every message is answered with a status; one that is refused leaves an event.
--
-- Literals are read as they stand in the files, whatever the caller's session has set.
--
-- Security definer: only the owner may read secrets and write to guard and staging, and the caller may not choose the
-- time.
create or replace function receive_upload(p_body bytea, p_headers jsonb)
returns upload_receipt
language plpgsql volatile security definer set search_path from current
set standard_conforming_strings = on
as $$
begin
  return receive_upload(p_body, p_headers, clock_timestamp());
end
$$;

-- Size, headers, time, signature, rate; then guard, parse, stage, merge. A message that fails a step doesn't reach the
-- next. A sender that is unknown, late, forged, or signs by another scheme gets one and the same answer.
create or replace function receive_upload(p_body bytea, p_headers jsonb, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
as $$
declare
  v_headers jsonb := read_headers(p_headers);
  v_source text := v_headers ->> 'x-pgfunnel-source';
  v_scheme webhook_schemes;
  v_doubt text;
begin
  if octet_length(p_body) > setting('max_upload_bytes')::bigint then
    return refuse_message(
      v_source, 413, 'too_large', format('At most %s bytes are taken.', setting('max_upload_bytes')), null, p_now
    );
  end if;

  v_scheme := message_scheme(v_source, v_headers);
  if p_body is null or v_source is null or v_scheme.scheme is null then
    return refuse_message(
      v_source, 400, 'bad_headers',
      'A body and, once each, x-pgfunnel-source and the headers of a signing scheme are needed: the table webhook_schemes'
      ' names them; those of standard are webhook-id (no dot), webhook-timestamp, webhook-signature.',
      null, p_now
    );
  end if;

  v_doubt := case
    when v_scheme.timestamp_header is not null and not is_timely(message_time(v_scheme, v_headers), p_now)
      then 'untimely'
    when not verify_message(v_scheme, v_source, v_headers, p_body, p_now) then 'bad_signature'
  end;
  if v_doubt is not null then
    return refuse_message(
      v_source, 401, 'unauthorized', 'Source, time and signature do not go together.', v_doubt, p_now
    );
  end if;

  if not is_within_rate(v_source, p_now) then
    return refuse_message(
      v_source, 429, 'too_many',
      format('At most %s uploads a minute are taken: send it again in a minute.', setting('uploads_per_minute')),
      null, p_now
    );
  end if;

  return ingest_content(
    v_source, p_body, v_headers ->> 'x-pgfunnel-file-name', v_headers ->> v_scheme.message_id_header, p_now
  );
end
$$;

comment on function receive_upload(bytea, jsonb) is
  'Takes in a signed file: the exact bytes of the body, the headers as an object. Headers: x-pgfunnel-source,'
  ' x-pgfunnel-file-name (optional), and those of the source''s scheme (webhook_schemes). status as HTTP: 200 merged,'
  ' also for content merged before; 400, 401, 413, 422 refused; 409 if lock_timeout ends while another upload is worked'
  ' on; 429 above the source''s rate. Above read committed a serialization failure (40001) passes: run the transaction'
  ' again.';
comment on function receive_upload(bytea, jsonb, timestamptz) is 'receive_upload at a given time.';

grant execute on function receive_upload(bytea, jsonb) to pipeline_writer;
