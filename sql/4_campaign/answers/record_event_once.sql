-- Writes an event that a provider sent, unless its id came before: providers send things twice. An id counts within its
-- kind and service. It may be an e-mail's Message-ID or hold an address, so only its hash is kept.
create or replace function record_event_once(
  p_kind text, p_event_id text, p_lead_id uuid, p_service text, p_now timestamptz, p_detail jsonb default '{}'
)
returns boolean
language plpgsql volatile set search_path from current
as $$
begin
  if coalesce(trim(p_event_id), '') = '' then
    raise exception using errcode = 'PF084',
      message = format('a %s needs the id of its event', p_kind),
      hint = 'Pass the provider''s id of the message or event: a repetition is recognised by it.';
  end if;

  return record_event(
    p_now, p_kind, p_detail,
    p_lead_id => p_lead_id,
    p_service => p_service,
    p_idempotency_key => concat_ws('/', p_kind, p_service, encode(sha256(convert_to(p_event_id, 'UTF8')), 'hex'))
  );
end
$$;

comment on function record_event_once(text, text, uuid, text, timestamptz, jsonb) is
  'True the first time an event id of a kind and service comes. PF084 without an id.';
