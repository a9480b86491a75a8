-- Size, headers, time, signature, rate, guard, parse, stage, merge: what fails earlier never reaches the later steps.
-- Who is not who he says, or late, or unknown, or signs by another scheme, gets one and the same answer.
--
-- Whether time and secret are valid is asked of the clock: the transaction's time, by which all is recorded, stands
-- still in a transaction that is held open, and would keep an old signature timely.
create or replace function receive_upload_at(
  p_body bytea, p_headers jsonb, p_now timestamptz, p_clock timestamptz default null
)
returns upload_receipt
language plpgsql
volatile
set search_path from current
as $$
declare
  v_headers jsonb := read_headers(p_headers);
  v_source text := v_headers ->> 'x-pgfunnel-source';
  v_clock timestamptz := coalesce(p_clock, p_now);
  v_scheme webhook_schemes;
  v_doubt text;
begin
  if octet_length(p_body) > setting('max_upload_bytes')::bigint then
    return refuse_message(
      p_now, v_source, 413, 'too_large', format('At most %s bytes are taken.', setting('max_upload_bytes'))
    );
  end if;

  v_scheme := message_scheme(v_source, v_headers);
  if p_body is null or v_source is null or v_scheme.scheme is null then
    return refuse_message(
      p_now, v_source, 400, 'bad_headers',
      'A body and, once each, x-pgfunnel-source and the headers of a signing scheme are needed: the table webhook_schemes'
      ' names them; those of standard are webhook-id (no dot), webhook-timestamp, webhook-signature.'
    );
  end if;

  v_doubt := case
    when v_scheme.timestamp_header is not null and not is_timely(message_time(v_scheme, v_headers), v_clock)
      then 'untimely'
    when not verify_message(v_scheme, v_source, v_headers, p_body, v_clock) then 'bad_signature'
  end;
  if v_doubt is not null then
    return refuse_message(
      p_now, v_source, 401, 'unauthorized', 'Source, time and signature do not go together.', v_doubt
    );
  end if;

  if not is_within_rate(v_source, p_now) then
    return refuse_message(
      p_now, v_source, 429, 'too_many',
      format('At most %s uploads a minute are taken: send it again in a minute.', setting('uploads_per_minute'))
    );
  end if;

  return ingest_content(
    p_now, v_source, p_body, mask_contacts(left(v_headers ->> 'x-pgfunnel-file-name', 255)), v_headers ->> v_scheme.message_id_header
  );
end
$$;

comment on function receive_upload_at(bytea, jsonb, timestamptz, timestamptz) is
  'receive_upload at a given time of the transaction, and of the clock if that is another.';

revoke all on function receive_upload_at(bytea, jsonb, timestamptz, timestamptz) from public;
