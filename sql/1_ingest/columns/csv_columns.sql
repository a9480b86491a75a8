-- What the columns of a file are, from its first record. A file that can't be taken is refused here, before any of its
-- rows is looked at: empty, too large, or without a column that an alias knows.
create or replace function csv_columns(
  p_source text,
  p_header text[],
  p_rows bigint,
  out fields text[],
  out unknown text[],
  out contact_columns contact_fields[]
)
language plpgsql stable set search_path from current
as $$
begin
  if p_header is null then
    raise exception using errcode = 'PF024',
      message = 'the file is empty',
      hint = 'Send a CSV file with a header row.';
  end if;

  if cardinality(p_header) > setting('max_upload_columns')::int or p_rows > setting('max_upload_rows')::int then
    raise exception using errcode = 'PF026',
      message = format('the file has %s rows of %s columns', p_rows, cardinality(p_header)),
      hint = format(
        'At most %s rows of %s columns are taken: settings max_upload_rows and max_upload_columns.',
        setting('max_upload_rows'), setting('max_upload_columns')
      );
  end if;

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
  ' order. PF024 for no header (null: the file has no record), PF026 for too many rows or columns, PF025 if no column'
  ' is known.';
