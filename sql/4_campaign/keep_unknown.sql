-- Keeps what a provider told us of somebody we don't know, what is personal of it sealed.
create or replace function keep_unknown(p_source text, p_payload jsonb, p_personal jsonb, p_reason text)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_id bigint := nextval('pipeline_dlq_id_seq');
begin
  insert into pipeline_dlq (id, source, payload, reason, hint, sealed)
  values (
    v_id,
    p_source,
    p_payload,
    p_reason,
    'Find out whose it is, and record it for that lead; or discard it.',
    seal('pipeline_dlq.sealed/' || v_id, convert_to(p_personal::text, 'UTF8'))
  );
end
$$;

comment on function keep_unknown(text, jsonb, jsonb, text) is 'Adds a dead letter whose personal part is sealed.';

revoke all on function keep_unknown(text, jsonb, jsonb, text) from public;
