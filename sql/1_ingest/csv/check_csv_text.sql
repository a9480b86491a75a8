-- Refuses a large text that would cost far more to parse than a file that may be sent: one without a header at its
-- start, of more lines than rows are allowed, or of quotes or delimiters that no rows of such columns have. Each look
-- is a fraction of the parse.
create or replace function check_csv_text(p_text text)
returns void
language plpgsql stable set search_path from current
as $$
declare
  v_max_lines bigint := 4 * setting('max_upload_rows')::bigint;
  v_header text;
  v_lines bigint;
  v_quotes bigint;
  v_delimiters bigint;
  v_usual bigint;
begin
  -- whatever this few characters are, they are soon parsed
  if octet_length(p_text) < 1000000 then
    return;
  end if;

  if ltrim(left(p_text, 100000), E'\ufeff\r\n') = '' then
    raise exception using errcode = 'PF024',
      message = 'the file begins with 100,000 blank lines',
      hint = 'Send a CSV file whose first row is its header.';
  end if;

  v_header := csv_header(p_text);
  v_lines := 1 + greatest(
    octet_length(p_text) - octet_length(replace(p_text, E'\n', '')),
    octet_length(p_text) - octet_length(replace(p_text, E'\r', ''))
  );
  v_quotes := octet_length(p_text) - octet_length(replace(p_text, '"', ''));

  v_delimiters := octet_length(p_text) - octet_length(replace(p_text, csv_delimiter(p_text), ''));
  v_usual := 1000000 + 4 * v_lines * (1 + char_length(v_header) - char_length(translate(v_header, E',;\t|', '')));

  if v_header is null or v_lines > v_max_lines or v_quotes > v_usual or v_delimiters > v_usual then
    raise exception using errcode = 'PF026',
      message = format(
        'the file has %s lines, %s quotes and %s delimiters, and its header %s characters',
        v_lines, v_quotes, v_delimiters, coalesce(char_length(v_header)::text, 'more than 50,000')
      ),
      hint = 'Check that it is a CSV file with a header; split it if it is, or raise the setting max_upload_rows.';
  end if;
end
$$;

comment on function check_csv_text(text) is
  'PF024 for a text that begins blank; PF026 for more than four times the lines that max_upload_rows allows, a header'
  ' of more than 50,000 characters, or more than a million quotes or delimiters beside four for each field; else'
  ' nothing.';
