-- CSV as RFC 4180 describes it and as vendors really send it, field for field what Python's csv module reads. Set-based
-- and linear: quotes are resolved first, what is left splits into lines and those into fields.
--
-- Security definer: its helpers are the owner's alone. It reads no table.
create or replace function parse_csv(p_text text, p_delimiter text default null)
returns table (line_number int, fields text[])
language plpgsql immutable parallel safe security definer set search_path from current
as $$
declare
  v_csv record;
begin
  if p_text is null then
    return;
  end if;

  v_csv := csv_resolve_quotes(p_text, p_delimiter);

  if v_csv.open_line is not null then
    raise exception using errcode = 'PF021',
      message = format('the quote that opens on line %s is never closed', v_csv.open_line),
      hint = 'Close it, or double it if it is part of the text; a file cut off on its way ends like this too.';
  end if;

  return query
    select r.line_number, r.fields from csv_records(v_csv.content, v_csv.delimiter, v_csv.escape, v_csv.empty) as r;
end
$$;

comment on function parse_csv(text, text) is
  'The records of a CSV text: the physical line on which each starts, and its fields. Blank lines are left out.'
  ' Delimiter: the one named, else that of a first line sep=;, else comma, semicolon, tab or pipe as the header has it.'
  ' PF021 if a quote is never closed, PF020 for a delimiter that can''t be one, PF022 for a text that leaves no control'
  ' character or private one to parse it with.';

grant execute on function parse_csv(text, text) to pipeline_writer;
