-- What a service saw or did, for the record: n8n, a script, a person at psql.
--
-- Keys of the pipeline's own events (reply/…, consent/…) are out of reach: a key given here counts among those
-- given here, so that nobody can take one's place before it happens.
--
-- Security definer: events are appended by functions alone.
create or replace function log_event(
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
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  if coalesce(btrim(p_stage), '') = '' then
    raise exception using errcode = 'PF110',
      message = 'an event needs a stage',
      hint = 'Pass a short word for what happened, for example ''enriched''.';
  end if;

  return record_event(
    now(), btrim(p_stage), mask_detail(p_detail), p_lead_id, p_upload_id, p_source, p_service, p_http_status, p_duration_ms,
    p_rows, 'log/' || p_idempotency_key
  );
end
$$;

comment on function log_event(text, jsonb, uuid, uuid, text, text, int, int, bigint, text) is
  'Appends an event; phone numbers and e-mail addresses in its texts are masked. False if one with this idempotency'
  ' key was logged before, and then nothing is written. Durations in milliseconds. PF110 without a stage.';

revoke all on function log_event(text, jsonb, uuid, uuid, text, text, int, int, bigint, text) from public;
grant execute on function log_event(text, jsonb, uuid, uuid, text, text, int, int, bigint, text)
to pipeline_writer;
