-- A CSV text without its quotes, so that it splits into records and fields with no regard to them; or where a quote
-- opens that is never closed.
--
-- Once strays are masked, quotes open and close in turn. Inside of the field that stays open a doubled quote opens
-- nothing, so the field's own quote is the one after the last text outside of quotes.
create or replace function csv_resolve_quotes(
  p_text text,
  p_delimiter text,
  out content text,
  out delimiter text,
  out escape text,
  out empty text,
  out open_line int
)
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_text text;
  v_delimiter text;
  v_placeholders text[];
  v_stray text;
  v_split record;
begin
  select d.content, d.delimiter into content, delimiter from csv_dialect(p_text, p_delimiter) as d;

  if strpos(content, '"') = 0 then
    return;
  end if;

  v_text := content;
  v_delimiter := delimiter;
  v_placeholders := csv_placeholders(v_text || v_delimiter, 3);
  delimiter := v_placeholders[1];
  escape := v_placeholders[2];

  -- only a line that is two quotes and nothing else would look blank without a placeholder
  empty := case
    when v_text like '""%' or strpos(v_text, E'\n""') > 0 or strpos(v_text, E'\r""') > 0 then v_placeholders[3]
    else ''
  end;

  v_split := csv_without_quotes(v_text, v_delimiter, delimiter, escape, empty);

  if v_split.has_strays then
    v_stray := escape || case v_delimiter when 'q' then 's' else 'q' end;
    v_text := csv_stray_quotes(v_text, v_delimiter || E'\r\n', v_stray);
    v_split := csv_without_quotes(v_text, v_delimiter, delimiter, escape, empty);
    v_split.joined := replace(v_split.joined, v_stray, '"');
  end if;

  content := v_split.joined;

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
  'For csv_records: the text without quotes, what separates its fields, what stands before l, n or r for the line ends'
  ' of quoted fields (null: there are no quotes), and for a quoted field without content. open_line: the physical line'
  ' of the quote that is never closed; null if every one is. p_delimiter: null to find it.';
