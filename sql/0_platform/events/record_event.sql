-- Writes one event. Every function that does something ends here, so that every figure has one source.
create or replace function record_event(
  p_now timestamptz,
  p_stage text,
  p_detail jsonb default '{}',
  p_lead_id uuid default null,
  p_upload_id uuid default null,
  p_source text default null,
  p_service text default null,
  p_http_status int default null,
  p_duration_ms int default null,
  p_rows bigint default null,
  p_idempotency_key text default null
)
returns boolean
language plpgsql volatile set search_path from current
as $$
begin
  insert into pipeline_events (
    occurred_at, stage, lead_id, upload_id, source, service, http_status, duration_ms, rows, idempotency_key, detail
  )
  values (
    p_now, p_stage, p_lead_id, p_upload_id, p_source, p_service, p_http_status, p_duration_ms, p_rows,
    p_idempotency_key, coalesce(p_detail, '{}')
  )
  on conflict (idempotency_key) where idempotency_key is not null do nothing;

  return found;
end
$$;

comment on function record_event(timestamptz, text, jsonb, uuid, uuid, text, text, int, int, bigint, text) is
  'Appends to pipeline_events. False if an event with this idempotency key was there already, and then nothing is'
  ' written.';
