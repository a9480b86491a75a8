-- Where the quote stands that is never closed, in a text whose quotes open and close in turn. Inside of the field a
-- doubled quote opens nothing, so it is the one after the last text outside of quotes.
create or replace function csv_open_line(p_text text)
returns int
language sql
immutable
parallel safe
set search_path from current
as $$
  with pieces as materialized (
    select p.n, p.piece
      from string_to_table(replace(replace(p_text, E'\r\n', E'\n'), E'\r', E'\n'), '"') with ordinality as p (piece, n)
  )

  select 1 + sum(char_length(p.piece) - char_length(replace(p.piece, E'\n', '')))::int
    from pieces as p
   where p.n <= (select max(o.n) from pieces as o where o.n % 2 = 1 and (o.piece <> '' or o.n = 1));
$$;

comment on function csv_open_line(text) is
  'The physical line of the quote that opens the field at the end of the text.';
