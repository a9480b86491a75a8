-- CRLF and CR become LF. A file with none of them is not copied for it.
create or replace function csv_plain_lines(p_text text)
returns text
language sql
immutable
parallel safe
set search_path from current
as $$
  select case
    when strpos(p_text, E'\r') > 0 then replace(replace(p_text, E'\r\n', E'\n'), E'\r', E'\n')
    else p_text
  end;
$$;

comment on function csv_plain_lines(text) is 'The text with every line end, CRLF, LF or CR, as LF.';

revoke all on function csv_plain_lines(text) from public;
