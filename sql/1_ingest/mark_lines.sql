-- Every line end as one mark, whether it is CRLF, LF or CR.
create or replace function mark_lines(p_text text, p_mark text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path from current
as $$
begin
  return replace(replace(replace(p_text, E'\r\n', p_mark), E'\n', p_mark), E'\r', p_mark);
end
$$;

comment on function mark_lines(text, text) is 'The text with each line end, CRLF, LF or CR, replaced by the mark.';

revoke all on function mark_lines(text, text) from public;
