-- CSV as RFC 4180 describes it and as vendors really send it, field for field what Python's csv module reads.
--
-- Set-based and linear. Quotes are resolved first (csv_without_quotes); what is left splits into lines and those
-- into fields. Line ends inside of fields still count for the numbers of the lines after them. Lines are taken in
-- the order in which string_to_table gives them, and stay in memory: sorting or spilling them costs a tenth each.
--
-- Security definer: its helpers are the owner's alone. It reads no table.
create or replace function parse_csv(p_text text, p_delimiter text default null)
returns table (line_number int, fields text[])
language plpgsql
immutable
parallel safe
security definer
set search_path from current
set jit = off -- compiling costs more than it saves
set work_mem = '64MB'
as $$
declare
  v_text text := case when left(p_text, 1) = E'\ufeff' then substr(p_text, 2) else p_text end || E'\n';
  v_named text := (regexp_match(left(v_text, 20), e'^("?)[sS][eE][pP]=([^"\\r\\n])\\1[\\r\\n]'))[2];
  v_delimiter text;
  v_marks text[];
  v_empty text;
  v_stray text;
  v_split record;
begin
  if p_text is null then
    return;
  end if;

  -- sep=; is for Excel; its line stays, blank, so that the others keep their numbers
  if v_named is not null then
    v_text := substr(v_text, char_length(substring(left(v_text, 20) from e'^[^\\r\\n]*')) + 1);
  end if;

  v_delimiter := coalesce(p_delimiter, v_named, csv_delimiter(v_text));

  if char_length(v_delimiter) <> 1 or v_delimiter in ('"', E'\r', E'\n') then
    raise exception using errcode = 'PF020',
      message = 'the delimiter is not one character, or is a quote or a line end',
      hint = 'Name a comma, a semicolon, a tab or a pipe; or none, and it is found from the header.';
  end if;

  if strpos(v_text, '"') = 0 then
    return query
      select l.n::int, string_to_array(l.line, v_delimiter)
        from string_to_table(csv_plain_lines(v_text), E'\n') with ordinality as l (line, n)
       where l.line <> '';
    return;
  end if;

  v_marks := csv_placeholders(v_text || v_delimiter, 3);

  -- only a line that is two quotes and nothing else would look blank without a mark
  v_empty := case
    when v_text like '""%' or strpos(v_text, E'\n""') > 0 or strpos(v_text, E'\r""') > 0 then v_marks[3]
    else ''
  end;

  v_split := csv_without_quotes(v_text, v_delimiter, v_marks[1], v_marks[2], v_empty);

  if v_split.has_strays then
    v_stray := v_marks[2] || case v_delimiter when 'q' then 's' else 'q' end;
    v_text := csv_stray_quotes(v_text, v_delimiter || E'\r\n', v_stray);
    v_split := csv_without_quotes(v_text, v_delimiter, v_marks[1], v_marks[2], v_empty);
    v_split.joined := replace(v_split.joined, v_stray, '"');
  end if;

  if v_split.is_open then
    raise exception using errcode = 'PF021',
      message = format('the quote that opens on line %s is never closed', csv_open_line(v_text)),
      hint = 'Close it, or double it if it is part of the text; a file cut off on its way ends like this too.';
  end if;

  return query
    select
      (l.n + l.line_ends_so_far - l.line_ends)::int,
      case
        when l.line = v_empty then array['']
        when l.line_ends > 0 then string_to_array(
          replace(replace(replace(replace(
            l.line, v_marks[2] || 'l', E'\r\n'), v_marks[2] || 'n', E'\n'), v_marks[2] || 'r', E'\r'), v_empty, ''),
          v_marks[1]
        )
        else string_to_array(replace(l.line, v_empty, ''), v_marks[1])
      end
      from (
        select s.*, sum(s.line_ends) over (rows unbounded preceding) as line_ends_so_far
          from (
            select
              t.line,
              t.n,
              case
                when strpos(t.line, v_marks[2]) > 0
                  then char_length(t.line) - char_length(replace(t.line, v_marks[2], ''))
                else 0
              end as line_ends
              from string_to_table(csv_plain_lines(v_split.joined), E'\n') with ordinality as t (line, n)
            offset 0 -- line ends are counted once, not at each use
          ) as s
      ) as l
     where l.line <> '';
end
$$;

comment on function parse_csv(text, text) is
  'The records of a CSV text: the physical line on which each starts, and its fields. Blank lines are left out.'
  ' Delimiter: the one named, else that of a first line sep=;, else comma, semicolon, tab or pipe as the header has'
  ' it. PF021 if a quote is never closed, PF020 for a delimiter that can''t be one, PF022 for'
  ' a text that leaves no control character or private one to parse it with.';

grant execute on function parse_csv(text, text) to pipeline_writer;
