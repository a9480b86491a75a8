-- Windows-1252 as text. The five bytes it leaves undefined become control characters, as browsers read them; the
-- conversion of the server would refuse the file for one of them.
create or replace function decode_windows_1252(p_body bytea)
returns text
language sql immutable strict parallel safe set search_path from current
as $$
  select translate(
    convert_from(p_body, 'LATIN1'),
    e'\u0080\u0082\u0083\u0084\u0085\u0086\u0087\u0088\u0089\u008A\u008B\u008C\u008E\u0091'
      '\u0092\u0093\u0094\u0095\u0096\u0097\u0098\u0099\u009A\u009B\u009C\u009E\u009F',
    e'\u20AC\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u017D\u2018'
      '\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u017E\u0178'
  );
$$;

comment on function decode_windows_1252(bytea) is
  'The text of bytes in Windows-1252 (WHATWG Encoding Standard); any bytes but NUL.';
