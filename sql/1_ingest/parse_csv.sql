-- Takes a CSV text apart, as RFC 4180 has it and as vendors really send it: any of four delimiters, a byte order mark, a
-- line sep=; at the top, CRLF, LF or CR, fields with separators, line ends and doubled quotes inside quotes, quotes in the
-- middle of a field. Blank lines are skipped. Python's csv module agrees.
--
-- Set-based and linear: marks are put where records and fields end, then the text is split at them.
create or replace function parse_csv(p_text text, p_delimiter text default null)
returns table (line_number int, fields text[])
language plpgsql
immutable
parallel safe
set search_path from current
as $$
declare
  v_text text := ltrim(p_text, chr(65279));
  v_named text := substring(v_text from '^sep=([,;|\t])(?:\r\n|\n|\r)');
  v_lines_before int := 0;
  v_delimiter text;
  v_marks text[];
  v_marked text;
begin
  if v_named is not null then
    v_text := regexp_replace(v_text, '^sep=.(\r\n|\n|\r)', '');
    v_lines_before := 1;
  end if;

  v_delimiter := coalesce(p_delimiter, v_named, csv_delimiter(v_text));
  v_marks := unused_characters(v_text, 4);
  v_marked := mark_csv(v_text, v_delimiter, v_marks);

  return query
  select
    (v_lines_before + r.n + r.breaks_before)::int,
    case r.record
      when v_marks[3] then array['']
      else string_to_array(replace(replace(r.record, v_marks[3], ''), v_marks[4], '"'), v_marks[2])
    end
    from (
      -- a record that goes over several lines moves the ones after it down
      select
        s.record,
        s.n,
        sum(b.breaks) over (order by s.n rows unbounded preceding) - b.breaks as breaks_before
        from string_to_table(v_marked, v_marks[1]) with ordinality as s (record, n)
       cross join lateral (
         select case when s.record ~ '[\r\n]' then count_lines(s.record) else 0 end as breaks
       ) as b
    ) as r
   where r.record <> '';
end
$$;

comment on function parse_csv(text, text) is
  'One row a record, the header included: the physical line it starts on, from 1, and its fields as they are. The delimiter'
  ' is found from the first line unless given. PF021 for a quote never closed.';

revoke all on function parse_csv(text, text) from public;
grant execute on function parse_csv(text, text) to pipeline_writer;
