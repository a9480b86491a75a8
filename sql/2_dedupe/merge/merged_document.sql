-- A lead's sealed document with what a file adds: newer fields win (a file gives no empty ones), and new contacts
-- follow the old ones, which keep their positions.
create or replace function merged_document(p_old jsonb, p_fields jsonb, p_contacts jsonb)
returns jsonb
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_phones jsonb := jsonb_path_query_array(p_contacts, '$[*] ? (@.channel == "phone").value');
  v_emails jsonb := jsonb_path_query_array(p_contacts, '$[*] ? (@.channel == "email").value');
begin
  if p_old ? 'phones' then
    v_phones := (p_old -> 'phones') || added_values(p_old -> 'phones', v_phones);
  end if;

  if p_old ? 'emails' then
    v_emails := (p_old -> 'emails') || added_values(p_old -> 'emails', v_emails);
  end if;

  return coalesce(p_old, '{}') || p_fields || jsonb_build_object('phones', v_phones, 'emails', v_emails);
end
$$;

comment on function merged_document(jsonb, jsonb, jsonb) is
  'The document {field: text, …, "phones": […], "emails": […]} after a file''s fields and contacts, which are as'
  ' leads_staging has them. Old may be null.';
