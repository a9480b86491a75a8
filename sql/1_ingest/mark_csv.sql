-- Puts marks where a CSV text's records and fields end, so that the rest is splitting. Between its quotes a text
-- alternates: odd pieces are outside of quoted fields, where separators and line ends are meant, even ones inside, where
-- they are content. An empty piece outside, in the middle, is the seam of a doubled quote.
--
-- Marks: 1 ends a record, 2 ends a field, 3 stands in a quoted empty field (a line with one is not blank), 4 is a quote
-- that is a character.
create or replace function mark_csv(p_text text, p_delimiter text, p_marks text[])
returns text
language plpgsql
immutable
strict
parallel safe
set search_path from current
as $$
declare
  v_text text := p_text;
  v_regular boolean;
  v_marked text;
begin
  if strpos(v_text, '"') = 0 then
    return replace(mark_lines(v_text, p_marks[1]), p_delimiter, p_marks[2]);
  end if;

  -- regular: each piece outside is a seam, or ends where a field begins; and the last quote closes
  select count(*) % 2 = 1 and coalesce(bool_and(
    p.n % 2 = 0 or p.n = p.pieces or p.piece = '' or right(p.piece, 1) in (p_delimiter, E'\n', E'\r')
  ), true)
    into v_regular
    from (
      select s.piece, s.n, count(*) over () as pieces
        from string_to_table(v_text, '"') with ordinality as s (piece, n)
    ) as p;

  if not v_regular then
    v_text := settle_quotes(v_text, p_delimiter, p_marks[4]);

    if (length(v_text) - length(replace(v_text, '"', ''))) % 2 = 1 then
      raise exception using errcode = 'PF021',
        message = format('the quote that opens on line %s is never closed', line_of_last_quote(v_text)),
        hint = 'Close the quote, or double it if it belongs to the text.';
    end if;
  end if;

  select string_agg(
    case
      when p.n % 2 = 0 and p.piece = '' then p_marks[3]
      when p.n % 2 = 0 then p.piece
      when p.piece = '' and p.n > 1 and p.n < p.pieces then p_marks[4]
      else replace(mark_lines(p.piece, p_marks[1]), p_delimiter, p_marks[2])
    end,
    '' order by p.n
  )
    into v_marked
    from (
      select s.piece, s.n, count(*) over () as pieces
        from string_to_table(v_text, '"') with ordinality as s (piece, n)
    ) as p;

  return v_marked;
end
$$;

comment on function mark_csv(text, text, text[]) is
  'The text without its quotes, with marks for the ends of records and fields. PF021 for a quote never closed.';

revoke all on function mark_csv(text, text, text[]) from public;
