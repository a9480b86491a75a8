-- How many line ends a text has; CRLF is one.
create or replace function count_lines(p_text text)
returns int
language plpgsql
immutable
strict
parallel safe
set search_path from current
as $$
declare
  v_text text := replace(p_text, E'\r\n', E'\n');
begin
  return length(v_text) - length(translate(v_text, E'\r\n', ''));
end
$$;

comment on function count_lines(text) is 'The number of line ends, CRLF, LF or CR.';

revoke all on function count_lines(text) from public;
