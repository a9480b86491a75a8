-- Which of comma, semicolon, tab and pipe separates the fields: the one that the header has most often outside of
-- quotes.
create or replace function csv_delimiter(p_text text)
returns text
language sql
immutable
parallel safe
set search_path from current
as $$
  with start as (
    select csv_stray_quotes(left(ltrim(left(p_text, 100000), E'\r\n'), 50000) || E'\n', E',;\t|\r\n', '') as start
  ),

  -- what stands outside of quotes, up to the first line end
  header as (
    select split_part(translate(string_agg(p.piece, '' order by p.n), E'\r', E'\n'), E'\n', 1) as header
      from start as s
     cross join string_to_table(s.start, '"') with ordinality as p (piece, n)
     where p.n % 2 = 1
  )

  select d.delimiter
    from header as h
   cross join unnest(array[',', ';', E'\t', '|']) with ordinality as d (delimiter, rank)
   order by char_length(h.header) - char_length(replace(h.header, d.delimiter, '')) desc, d.rank
   limit 1;
$$;

comment on function csv_delimiter(text) is
  'Comma, semicolon, tab or pipe, found from the first line that is not blank; comma if it has none of them.';

revoke all on function csv_delimiter(text) from public;
