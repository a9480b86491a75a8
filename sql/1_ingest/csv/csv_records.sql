-- The records of a text whose quotes csv_resolve_quotes has taken out: split into lines and those into fields. Line
-- ends inside of fields still count for the numbers of the lines after them.
--
-- Lines are taken in the order in which string_to_table gives them, and stay in memory: sorting or spilling them costs
-- a tenth each.
create or replace function csv_records(p_content text, p_delimiter text, p_escape text, p_empty text)
returns table (line_number int, fields text[])
language plpgsql immutable parallel safe set search_path from current
set jit = off -- compiling costs more than it saves
set work_mem = '64MB'
as $$
begin
  if p_escape is null then
    return query
      select l.n::int, string_to_array(l.line, p_delimiter)
        from string_to_table(csv_plain_lines(p_content), E'\n') with ordinality as l (line, n)
       where l.line <> '';
    return;
  end if;

  return query
    select
      (l.n + l.line_ends_so_far - l.line_ends)::int,
      case
        when l.line = p_empty then array['']
        when l.line_ends > 0 then string_to_array(
          replace(replace(replace(replace(
            l.line, p_escape || 'l', E'\r\n'), p_escape || 'n', E'\n'), p_escape || 'r', E'\r'), p_empty, ''),
          p_delimiter
        )
        else string_to_array(replace(l.line, p_empty, ''), p_delimiter)
      end
      from (
        select s.*, sum(s.line_ends) over (rows unbounded preceding) as line_ends_so_far
          from (
            select
              t.line,
              t.n,
              case
                when strpos(t.line, p_escape) > 0
                  then char_length(t.line) - char_length(replace(t.line, p_escape, ''))
                else 0
              end as line_ends
              from string_to_table(csv_plain_lines(p_content), E'\n') with ordinality as t (line, n)
            offset 0 -- line ends are counted once, not at each use
          ) as s
      ) as l
     where l.line <> '';
end
$$;

comment on function csv_records(text, text, text, text) is
  'The records of what csv_resolve_quotes answers: the physical line on which each starts, and its fields. Blank lines'
  ' are left out.';
