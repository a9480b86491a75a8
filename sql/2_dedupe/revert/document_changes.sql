-- What one image of a document has that the one before lacked: other values of fields, and more contacts.
create or replace function document_changes(p_before jsonb, p_after jsonb)
returns table (name text, item text, before jsonb, after jsonb)
language sql immutable parallel safe set search_path from current
as $$
  select f.key, null, p_before -> f.key, f.value
    from jsonb_each(p_after) as f
   where f.key not in ('phones', 'emails')
     and f.value is distinct from p_before -> f.key
  union all
  select l.name, v.item, null, null
    from (values ('phones'), ('emails')) as l (name)
   cross join jsonb_array_elements_text(
     added_values(coalesce(p_before -> l.name, '[]'), coalesce(p_after -> l.name, '[]'))
   ) as v (item);
$$;

comment on function document_changes(jsonb, jsonb) is
  'One row a field with its values before (null: none) and after; one row a contact, name phones or emails, item the'
  ' value.';
