-- What a service could not work on, put aside until somebody decides: a step of n8n, a script.
--
-- Security definer: dead letters are written by functions alone, and sealing needs the keys.
create or replace function send_to_dlq(
  p_source text,
  p_payload jsonb,
  p_reason text,
  p_hint text default null,
  p_personal jsonb default null
)
returns bigint
language plpgsql
volatile
security definer
set search_path from current
as $$
declare
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
    -- what had to be masked is not lost: it is sealed
    case
      when v_payload <> p_payload then coalesce(p_personal, '{}') || jsonb_build_object('payload', p_payload)
      else p_personal
    end
  );

  perform record_event(
    clock_timestamp(), 'dlq', jsonb_build_object('letter', v_id, 'outcome', 'waiting'),
    p_source => btrim(p_source)
  );

  return v_id;
end
$$;

comment on function send_to_dlq(text, jsonb, text, text, jsonb) is
  'Adds a dead letter and returns its id. source: the step that gave up. payload: what it is about, nothing personal in'
  ' it; what is personal goes into p_personal, which is sealed. A payload with a phone number or e-mail address is kept'
  ' masked, and as it came under payload in what is sealed. Who sent it works on it: claim_dlq, then finish_dlq. PF109'
  ' without source or reason.';

grant execute on function send_to_dlq(text, jsonb, text, text, jsonb) to pipeline_writer;
