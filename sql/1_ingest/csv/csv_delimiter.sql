-- Which of comma, semicolon, tab and pipe separates the fields: the one that the header has most often outside of
-- quotes.
create or replace function csv_delimiter(p_text text)
returns text
language sql immutable parallel safe set search_path from current
as $$
  select d.delimiter
    from csv_header(p_text) as h (header)
   cross join unnest(array[',', ';', E'\t', '|']) with ordinality as d (delimiter, rank)
   order by char_length(h.header) - char_length(replace(h.header, d.delimiter, '')) desc nulls last, d.rank
   limit 1;
$$;

comment on function csv_delimiter(text) is
  'Comma, semicolon, tab or pipe, found from the first line that is not blank; comma if it has none of them.';
