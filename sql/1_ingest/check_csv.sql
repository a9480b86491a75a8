-- Refuses a file as a whole: without a header, without a column that anybody knows, or larger than the settings allow.
create or replace function check_csv(p_columns int, p_unknown text[], p_rows bigint)
returns void
language plpgsql
stable
set search_path from current
as $$
begin
  if p_columns is null then
    raise exception using errcode = 'PF024',
      message = 'the file is empty',
      hint = 'Send a CSV file with a header row.';
  end if;

  if cardinality(p_unknown) = p_columns then
    raise exception using errcode = 'PF025',
      message = 'no column of the file is known: is its first row a header?',
      hint = 'Name the columns as header_aliases knows them, or add the source''s own names there.';
  end if;

  if p_columns > setting('max_upload_columns')::int or p_rows > setting('max_upload_rows')::int then
    raise exception using errcode = 'PF026',
      message = format('the file has %s rows of %s columns', p_rows, p_columns),
      hint = format(
        'At most %s rows of %s columns are taken: settings max_upload_rows and max_upload_columns.',
        setting('max_upload_rows'), setting('max_upload_columns')
      );
  end if;
end
$$;

comment on function check_csv(int, text[], bigint) is
  'PF024 for an empty file, PF025 if no column is known, PF026 for too many rows or columns; else nothing.';

revoke all on function check_csv(int, text[], bigint) from public;
