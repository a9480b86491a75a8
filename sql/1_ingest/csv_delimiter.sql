-- Which character separates the fields: the one that the first line has most of outside quotes.
create or replace function csv_delimiter(p_text text)
returns text
language sql
immutable
strict
parallel safe
set search_path from current
as $$
  with header as (
    select regexp_replace(substring(ltrim(p_text, E'\r\n') from '^[^\r\n]*'), '"[^"]*"', '', 'g') as line
  )

  select d.delimiter
    from header as h
   cross join unnest(array[',', ';', E'\t', '|']) with ordinality as d (delimiter)
   order by length(h.line) - length(replace(h.line, d.delimiter, '')) desc, d.ordinality
   limit 1;
$$;

comment on function csv_delimiter(text) is 'Comma, semicolon, tab or pipe: what the first line has most of; comma if it has none.';

revoke all on function csv_delimiter(text) from public;
