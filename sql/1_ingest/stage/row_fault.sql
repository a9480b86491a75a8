-- What is wrong with a record before anybody looks at what it says.
create or replace function row_fault(p_values text[], p_columns int, p_max_field_bytes int)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  if cardinality(p_values) <> p_columns then
    return format('the line has %s fields, the header %s', cardinality(p_values), p_columns);
  end if;

  if exists (select from unnest(p_values) as u (value) where octet_length(u.value) > p_max_field_bytes) then
    return format('a field has more than %s bytes', p_max_field_bytes);
  end if;

  return null;
end
$$;

comment on function row_fault(text[], int, int) is
  'Why a record is rejected: fewer or more values than columns, or a value of too many bytes. Null if it is not.';
