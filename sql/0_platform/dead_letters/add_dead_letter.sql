-- Adds one dead letter, with its personal part sealed. Every step that gives something up ends here.
create or replace function add_dead_letter(
  p_source text,
  p_payload jsonb,
  p_reason text,
  p_hint text,
  p_personal jsonb default null,
  p_upload_id uuid default null,
  p_now timestamptz default clock_timestamp()
)
returns bigint
language plpgsql volatile set search_path from current
as $$
declare
  v_id bigint := nextval('pipeline_dlq_id_seq');
begin
  insert into pipeline_dlq (id, source, payload, reason, hint, upload_id, sealed, created_at)
  values (
    v_id, p_source, p_payload, p_reason, p_hint, p_upload_id,
    seal('pipeline_dlq.sealed/' || v_id, convert_to(p_personal::text, 'UTF8')), p_now
  );

  return v_id;
end
$$;

comment on function add_dead_letter(text, jsonb, text, text, jsonb, uuid, timestamptz) is
  'Adds a waiting dead letter and returns its id. p_payload, p_reason and p_hint are stored in clear, p_personal'
  ' sealed.';
