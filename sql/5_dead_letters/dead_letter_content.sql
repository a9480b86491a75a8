-- Opens what is personal of a dead letter.
create or replace function dead_letter_content(p_letter pipeline_dlq)
returns jsonb
language sql stable set search_path from current
as $$
  select convert_from(unseal('pipeline_dlq.sealed/' || p_letter.id, p_letter.sealed), 'UTF8')::jsonb;
$$;

comment on function dead_letter_content(pipeline_dlq) is
  'What add_dead_letter or set_aside_rows sealed; null if there is nothing. PF011 if it does not open.';
