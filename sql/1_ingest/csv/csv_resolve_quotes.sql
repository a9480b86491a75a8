-- Takes the quotes out of a CSV text, stray ones first where there are any, and says where a quote opens that is never
-- closed.
--
-- Once strays are masked, quotes open and close in turn. Inside of the field that stays open a doubled quote opens
-- nothing, so the field's own quote is the one after the last text outside of quotes.
create or replace function csv_resolve_quotes(
  p_text text, p_delimiter text, out joined text, out placeholders text[], out empty text, out open_line int
)
language plpgsql
immutable
parallel safe
set search_path from current
as $$
declare
  v_text text := p_text;
  v_stray text;
  v_split record;
begin
  placeholders := csv_placeholders(p_text || p_delimiter, 3);

  -- only a line that is two quotes and nothing else would look blank without a placeholder
  empty := case
    when p_text like '""%' or strpos(p_text, E'\n""') > 0 or strpos(p_text, E'\r""') > 0 then placeholders[3]
    else ''
  end;

  v_split := csv_without_quotes(v_text, p_delimiter, placeholders[1], placeholders[2], empty);

  if v_split.has_strays then
    v_stray := placeholders[2] || case p_delimiter when 'q' then 's' else 'q' end;
    v_text := csv_stray_quotes(v_text, p_delimiter || E'\r\n', v_stray);
    v_split := csv_without_quotes(v_text, p_delimiter, placeholders[1], placeholders[2], empty);
    v_split.joined := replace(v_split.joined, v_stray, '"');
  end if;

  joined := v_split.joined;

  if v_split.is_open then
    with pieces as materialized (
      select p.n, p.piece from string_to_table(csv_plain_lines(v_text), '"') with ordinality as p (piece, n)
    )

    select 1 + sum(char_length(p.piece) - char_length(replace(p.piece, E'\n', '')))
      into open_line
      from pieces as p
     where p.n <= (select max(o.n) from pieces as o where o.n % 2 = 1 and (o.piece <> '' or o.n = 1));
  end if;
end
$$;

comment on function csv_resolve_quotes(text, text) is
  'joined: the text as csv_without_quotes gives it. placeholders: what stands in it for a delimiter, and before l, n or r'
  ' for CRLF, LF or CR, of quoted fields. empty: what stands in it for a quoted field without content. open_line: the'
  ' physical line of the quote that is never closed; null if there is none. The text ends with a line end.';
