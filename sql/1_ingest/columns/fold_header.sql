-- A column's header as the aliases know it: case, spaces and punctuation do not count.
create or replace function fold_header(p_header text)
returns text
language sql immutable strict parallel safe set search_path from current
as $$
  select regexp_replace(lower(p_header), '[^a-z0-9]', '', 'g');
$$;

comment on function fold_header(text) is 'Lower case, ASCII letters and digits only.';
