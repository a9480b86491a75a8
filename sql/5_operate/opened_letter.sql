-- Opens what is personal of a dead letter.
create or replace function opened_letter(p_letter pipeline_dlq)
returns jsonb
language sql
stable
set search_path from current
as $$
  select convert_from(unseal('pipeline_dlq.sealed/' || p_letter.id, p_letter.sealed), 'UTF8')::jsonb;
$$;

comment on function opened_letter(pipeline_dlq) is
  'What add_dead_letter or set_aside_rows sealed; null if there is nothing. PF011 if it does not open.';

revoke all on function opened_letter(pipeline_dlq) from public;
