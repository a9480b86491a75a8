-- CRLF and CR become LF. A file with none of them is not copied for it.
create or replace function csv_plain_lines(p_text text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_text text := p_text;
begin
  if strpos(v_text, E'\r') > 0 then
    v_text := replace(v_text, E'\r\n', E'\n');
  end if;

  if strpos(v_text, E'\r') > 0 then
    v_text := replace(v_text, E'\r', E'\n');
  end if;

  return v_text;
end
$$;

comment on function csv_plain_lines(text) is 'The text with every line end, CRLF, LF or CR, as LF.';
