-- Takes the quotes out of a text that ends with a line end, so that it splits into lines and fields with no regard
-- to them. Split at the quotes, every second piece stands inside: there line ends are escaped; outside, delimiters
-- become a mark. A piece outside that is empty stands between two quotes, and is a doubled quote.
--
-- Pieces are taken in the order in which string_to_table gives them: sorting them again costs a third. Their ends are
-- looked at as bytes: right() would count all their characters first.
--
-- All that holds if quotes open and close in turn. A piece outside that ends in the middle of a field shows a quote
-- that does neither.
create or replace function csv_without_quotes(
  p_text text,
  p_delimiter text,
  p_mark text,
  p_escape text,
  p_empty text,
  out joined text,
  out is_open boolean,
  out has_strays boolean
)
language sql immutable parallel safe set search_path from current
as $$
  select
    string_agg(
      case
        when p.n % 2 = 1 and p.piece <> '' then replace(p.piece, p_delimiter, p_mark)
        when p.n % 2 = 1 then case when p.n > 1 then '"' else '' end
        when p.piece = '' then p_empty
        when strpos(p.piece, E'\n') > 0 or strpos(p.piece, E'\r') > 0
          then replace(replace(replace(
            p.piece, E'\r\n', p_escape || 'l'), E'\n', p_escape || 'n'), E'\r', p_escape || 'r')
        else p.piece
      end,
      ''
    ),
    count(*) % 2 = 0,
    bool_or(
      p.n % 2 = 1
      and p.piece <> ''
      and substr(textsend(p.piece), octet_length(p.piece)) not in (e'\\x0a', e'\\x0d')
      and substr(textsend(p.piece), octet_length(p.piece) - octet_length(p_delimiter) + 1) <> textsend(p_delimiter)
    )
    from string_to_table(p_text, '"') with ordinality as p (piece, n);
$$;

comment on function csv_without_quotes(text, text, text, text, text) is
  'joined: the text without quotes, delimiters as mark, CRLF, LF and CR of quoted fields as escape and l, n, r, an'
  ' empty quoted piece as given. is_open: the last quote is not closed. has_strays: joined is wrong, mask stray'
  ' quotes first.';
