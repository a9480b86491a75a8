-- Where a text ends inside of a quoted field: asked of a part of a file, which may be cut anywhere.
create or replace function csv_open_line(p_text text)
returns int
language sql
immutable
parallel safe
set search_path from current
as $$
  select case when strpos(p_text, '"') > 0 then (
    select r.open_line
      from csv_dialect(p_text, null) as d
     cross join csv_resolve_quotes(d.content, d.delimiter) as r
  ) end;
$$;

comment on function csv_open_line(text) is
  'The physical line of the quote that opens the field in which the text ends; null if every quote is closed.';
