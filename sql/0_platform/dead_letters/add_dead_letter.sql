-- Adds one dead letter, what is personal of it sealed. Every step that gives up on one thing ends here.
create or replace function add_dead_letter(
  p_source text,
  p_payload jsonb,
  p_reason text,
  p_hint text,
  p_personal jsonb default null,
  p_upload_id uuid default null
)
returns bigint
language plpgsql
volatile
set search_path from current
as $$
declare
  v_id bigint := nextval('pipeline_dlq_id_seq');
begin
  insert into pipeline_dlq (id, source, payload, reason, hint, upload_id, sealed)
  values (
    v_id, p_source, p_payload, p_reason, p_hint, p_upload_id,
    seal('pipeline_dlq.sealed/' || v_id, convert_to(p_personal::text, 'UTF8'))
  );

  return v_id;
end
$$;

comment on function add_dead_letter(text, jsonb, text, text, jsonb, uuid) is
  'Adds a dead letter that waits, and returns its id. p_payload, p_reason and p_hint rest in clear, p_personal sealed.';
