-- CSV as RFC 4180 describes it and as vendors really send it, field for field what Python's csv module reads.
--
-- Set-based and linear. Quotes are resolved first; what is left splits into lines and those into fields. Line ends inside
-- of fields still count for the numbers of the lines after them. Lines are taken in the order in which string_to_table
-- gives them, and stay in memory: sorting or spilling them costs a tenth each.
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
  v_text text;
  v_delimiter text;
  v_joined text;
  v_comma text;
  v_escape text;
  v_empty text;
  v_open_line int;
begin
  if p_text is null then
    return;
  end if;

  select d.content, d.delimiter into v_text, v_delimiter from csv_dialect(p_text, p_delimiter) as d;

  if strpos(v_text, '"') = 0 then
    return query
      select l.n::int, string_to_array(l.line, v_delimiter)
        from string_to_table(csv_plain_lines(v_text), E'\n') with ordinality as l (line, n)
       where l.line <> '';
    return;
  end if;

  select r.joined, r.placeholders[1], r.placeholders[2], r.empty, r.open_line
    into v_joined, v_comma, v_escape, v_empty, v_open_line
    from csv_resolve_quotes(v_text, v_delimiter) as r;

  if v_open_line is not null then
    raise exception using errcode = 'PF021',
      message = format('the quote that opens on line %s is never closed', v_open_line),
      hint = 'Close it, or double it if it is part of the text; a file cut off on its way ends like this too.';
  end if;

  return query
    select
      (l.n + l.line_ends_so_far - l.line_ends)::int,
      case
        when l.line = v_empty then array['']
        when l.line_ends > 0 then string_to_array(
          replace(replace(replace(replace(
            l.line, v_escape || 'l', E'\r\n'), v_escape || 'n', E'\n'), v_escape || 'r', E'\r'), v_empty, ''),
          v_comma
        )
        else string_to_array(replace(l.line, v_empty, ''), v_comma)
      end
      from (
        select s.*, sum(s.line_ends) over (rows unbounded preceding) as line_ends_so_far
          from (
            select
              t.line,
              t.n,
              case
                when strpos(t.line, v_escape) > 0
                  then char_length(t.line) - char_length(replace(t.line, v_escape, ''))
                else 0
              end as line_ends
              from string_to_table(csv_plain_lines(v_joined), E'\n') with ordinality as t (line, n)
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
