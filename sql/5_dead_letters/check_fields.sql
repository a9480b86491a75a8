-- A correction names fields that a row can have, and gives each a single value. A misspelt one would be kept as
-- unknown, and the row rejected for the same reason again.
create or replace function check_fields(p_fields jsonb)
returns void
language plpgsql stable set search_path from current
as $$
declare
  v_wrong text;
begin
  if jsonb_typeof(p_fields) is distinct from 'object' then
    raise exception using errcode = 'PF106',
      message = 'corrections are a JSON object of fields',
      hint = 'select * from correct_row(12, ''{"property_zip": "90012"}'');';
  end if;

  select string_agg(mask_contacts(f.key), ', ' order by f.key)
    into v_wrong
    from jsonb_each(p_fields) as f
   where jsonb_typeof(f.value) in ('object', 'array')
      or not (f.key like 'other.%' or is_field(f.key));

  if v_wrong is not null then
    raise exception using errcode = 'PF106',
      message = format('a row has no such field, or not with such a value: %s', v_wrong),
      hint = 'select distinct field from header_aliases lists them; "other.HEADER" is any other. A value is one text.';
  end if;
end
$$;

comment on function check_fields(jsonb) is
  'Returns if every key is a field of header_aliases or contact_fields, or other.HEADER, and every value a text,'
  ' number, boolean or null; else PF106.';
