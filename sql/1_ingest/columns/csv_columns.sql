-- What the columns of a file are, from its first record. A file that can't be taken is refused here, before any of its
-- rows is looked at: empty, too large, or with no column that anybody knows.
create or replace function csv_columns(
  p_source text,
  p_header text[],
  p_rows bigint,
  out fields text[],
  out unknown text[],
  out contact_columns contact_fields[]
)
language plpgsql
stable
set search_path from current
as $$
begin
  perform check_csv(cardinality(p_header), p_rows);

  select array_agg(m.field order by m.place), coalesce(array_agg(m.header order by m.place) filter (where not m.is_known), '{}')
    into fields, unknown
    from map_header(p_source, p_header) as m;

  if cardinality(unknown) = cardinality(fields) then
    raise exception using errcode = 'PF025',
      message = 'no column of the file is known: is its first row a header?',
      hint = 'Name the columns as header_aliases knows them, or add the source''s own names there.';
  end if;

  contact_columns := array(
    select f
      from contact_fields as f
     where f.field = any(fields)
     order by f.channel, f.rank
  );
end
$$;

comment on function csv_columns(text, text[], bigint) is
  'fields: what each column is. unknown: headers that no alias knows. contact_columns: the contacts among them, in'
  ' order. PF025 if no column is known, and what check_csv raises.';
