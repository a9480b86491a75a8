-- Puts aside what a service (a step of n8n, a script) could not work on, until a person decides.
--
-- Security definer: dead letters are written by functions alone, and sealing needs the keys.
create or replace function send_to_dlq(
  p_source text, p_payload jsonb, p_reason text, p_hint text default null, p_personal jsonb default null
)
returns bigint
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_payload jsonb := coalesce(mask_detail(p_payload), '{}');
  v_id bigint;
begin
  if coalesce(btrim(p_source), '') = '' or coalesce(btrim(p_reason), '') = '' then
    raise exception using errcode = 'PF109',
      message = 'a dead letter needs a source and a reason',
      hint = 'select send_to_dlq(''enrich'', ''{"lead": "…"}'', ''the vendor answered 422'');';
  end if;

  v_id := add_dead_letter(
    btrim(p_source),
    v_payload,
    mask_contacts(p_reason),
    mask_contacts(p_hint),
    -- what was masked isn't lost: it is sealed
    case
      when v_payload <> p_payload then coalesce(p_personal, '{}') || jsonb_build_object('payload', p_payload)
      else p_personal
    end,
    p_now => v_now
  );

  perform record_event(
    v_now, 'dlq', jsonb_build_object('letter', v_id, 'outcome', 'waiting'),
    p_source => btrim(p_source)
  );

  return v_id;
end
$$;

comment on function send_to_dlq(text, jsonb, text, text, jsonb) is
  'Adds a dead letter and returns its id. source: the step that gave up. payload: what it is about, without anything'
  ' personal; that goes into p_personal, which is sealed. Phone numbers and e-mail addresses in a payload are masked,'
  ' and the original is sealed as payload. The sender works on it by claim_dlq, then finish_dlq. PF109 without source'
  ' or reason.';

grant execute on function send_to_dlq(text, jsonb, text, text, jsonb) to pipeline_writer;
