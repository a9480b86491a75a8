-- Refuses a file that is empty, or larger than the settings allow.
create or replace function check_csv(p_columns int, p_rows bigint)
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

comment on function check_csv(int, bigint) is
  'PF024 for no columns (null: the file has no record), PF026 for too many rows or columns; else nothing.';
