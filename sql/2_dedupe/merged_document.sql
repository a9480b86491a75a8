-- A lead's sealed document with what a file adds: newer fields win, since empty ones are not among them; contacts that
-- are new follow the old ones, which keep their positions.
create or replace function merged_document(p_old jsonb, p_fields jsonb, p_phones jsonb, p_emails jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path from current
as $$
declare
  v_document jsonb := coalesce(p_old, '{}') || p_fields;
  v_old jsonb;
begin
  v_old := coalesce(p_old -> 'phones', '[]');
  v_document := v_document || jsonb_build_object('phones', v_old || added_values(v_old, p_phones));

  v_old := coalesce(p_old -> 'emails', '[]');
  return v_document || jsonb_build_object('emails', v_old || added_values(v_old, p_emails));
end
$$;

comment on function merged_document(jsonb, jsonb, jsonb, jsonb) is
  'The document {field: text, …, "phones": […], "emails": […]} after a file''s fields and contacts. Old may be null.';

revoke all on function merged_document(jsonb, jsonb, jsonb, jsonb) from public;
