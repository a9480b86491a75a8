-- Whether a row can have a field of this name, as the owner's tables say: one that a header stands for, or one that a
-- contact's column implies.
create or replace function is_field(p_name text)
returns boolean
language sql stable set search_path from current
as $$
  select exists (select from header_aliases as a where a.field = p_name)
      or exists (select from contact_fields as c where p_name in (c.field, c.type_field, c.dnc_field));
$$;

comment on function is_field(text) is
  'Whether header_aliases or contact_fields know the canonical field; other.HEADER is none.';
