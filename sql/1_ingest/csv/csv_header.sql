-- What stands outside of quotes in the header, the first record that is not blank: enough to tell its delimiters. Only
-- the start of the text is looked at, however large it is.
create or replace function csv_header(p_text text)
returns text
language sql immutable parallel safe set search_path from current
as $$
  with start as materialized (
    select left(ltrim(left(p_text, 100000), E'\r\n'), 50000) as start
  ),

  outside as (
    select translate(string_agg(p.piece, '' order by p.n), E'\r', E'\n') as outside
      from start as s
     cross join string_to_table(csv_stray_quotes(s.start || E'\n', E',;\t|\r\n', ''), '"') with ordinality as p (piece, n)
     where p.n % 2 = 1
  )

  select case
    when char_length(s.start) < 50000 or strpos(left(o.outside, -1), E'\n') > 0 then split_part(o.outside, E'\n', 1)
  end
    from start as s
   cross join outside as o;
$$;

comment on function csv_header(text) is
  'The header of a CSV text without its quoted parts; null if it has more than 50,000 characters.';
