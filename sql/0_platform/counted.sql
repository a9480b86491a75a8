-- A number with its noun, as a person writes it.
create or replace function counted(p_number bigint, p_one text, p_many text default null)
returns text
language sql immutable parallel safe set search_path from current
as $$
  select to_char(p_number, 'FM999,999,999,999') || ' '
    || case p_number when 1 then p_one else coalesce(p_many, p_one || 's') end;
$$;

comment on function counted(bigint, text, text) is
  '1 upload, 1,204 uploads; the plural is given where s does not do.';
