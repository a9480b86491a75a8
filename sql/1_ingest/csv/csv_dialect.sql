-- What a CSV text says of itself before its first record: a byte order mark, a line sep=; for Excel, and by its header
-- what separates the fields. The line sep=; stays, blank, so that the lines after it keep their numbers.
create or replace function csv_dialect(p_text text, p_delimiter text, out content text, out delimiter text)
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_named text;
begin
  content := case when left(p_text, 1) = E'\ufeff' then substr(p_text, 2) else p_text end || E'\n';
  v_named := (regexp_match(left(content, 20), e'^("?)[sS][eE][pP]=([^"\\r\\n])\\1[\\r\\n]'))[2];

  if v_named is not null then
    content := substr(content, char_length(substring(left(content, 20) from e'^[^\\r\\n]*')) + 1);
  end if;

  delimiter := coalesce(p_delimiter, v_named, csv_delimiter(content));

  if char_length(delimiter) <> 1 or delimiter in ('"', E'\r', E'\n') then
    raise exception using errcode = 'PF020',
      message = 'the delimiter is not one character, or is a quote or a line end',
      hint = 'Name a comma, a semicolon, a tab or a pipe; or none, and it is found from the header.';
  end if;
end
$$;

comment on function csv_dialect(text, text) is
  'content: the text without byte order mark and sep=, with a line end at its end. delimiter: the one given, else that'
  ' of sep=, else comma, semicolon, tab or pipe as the header has it. PF020 if it is not one character, a quote or a'
  ' line end.';
