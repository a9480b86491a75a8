-- What a service saw or did, for the record: n8n, a script, a person at psql.
--
-- Keys of the pipeline's own events (reply/…, consent/…) are out of reach: a key given here counts among those
-- given here, so that nobody can take one's place before it happens. It may hold an address, so its hash is kept.
--
-- So are the stages that functions write themselves: an event of them is what happened, and the proof of an erasure.
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
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_stage text := btrim(p_stage);
begin
  if coalesce(v_stage, '') = '' then
    raise exception using errcode = 'PF110',
      message = 'an event needs a stage',
      hint = 'Pass a short word for what happened, for example ''enriched''.';
  end if;

  if v_stage = any(enum_range(null::campaign_status)::text[] || array[
    'api', 'booking', 'bounce', 'call', 'called', 'consent', 'dedupe', 'discarded', 'dlq', 'erased', 'fed', 'job', 'keys',
    'refused', 'replayed', 'reply', 'resumed', 'revealed', 'reverted', 'suppression', 'upload', 'verified'
  ]) then
    raise exception using errcode = 'PF112',
      message = format('the stage %s is written by the function that does it', v_stage),
      hint = 'Call that function, for example record_api_call; or choose another word for the stage.';
  end if;

  return record_event(
    clock_timestamp(), v_stage, mask_detail(p_detail), p_lead_id, p_upload_id, p_source, p_service, p_http_status, p_duration_ms,
    p_rows, 'log/' || encode(sha256(convert_to(p_idempotency_key, 'UTF8')), 'hex')
  );
end
$$;

comment on function log_event(text, jsonb, uuid, uuid, text, text, int, int, bigint, text) is
  'Appends an event; phone numbers and e-mail addresses in its texts are masked. False if one with this idempotency'
  ' key was logged before, and then nothing is written. Durations in milliseconds. PF110 without a stage, PF112 for a'
  ' stage of the pipeline''s own.';

grant execute on function log_event(text, jsonb, uuid, uuid, text, text, int, int, bigint, text)
to pipeline_writer;
