-- Windows-1252 as text. The five bytes it leaves undefined become control characters, as browsers read them; the
-- conversion of the server would refuse the file for one of them.
create or replace function decode_windows_1252(p_body bytea)
returns text
language sql
immutable
strict
parallel safe
set search_path from current
as $$
  select translate(
    convert_from(p_body, 'LATIN1'),
    U&'\0080\0082\0083\0084\0085\0086\0087\0088\0089\008A\008B\008C\008E\0091\0092\0093\0094\0095\0096\0097\0098\0099\009A\009B\009C\009E\009F',
    U&'\20AC\201A\0192\201E\2026\2020\2021\02C6\2030\0160\2039\0152\017D\2018\2019\201C\201D\2022\2013\2014\02DC\2122\0161\203A\0153\017E\0178'
  );
$$;

comment on function decode_windows_1252(bytea) is
  'The text of bytes in Windows-1252 (WHATWG Encoding Standard); any bytes but NUL.';

revoke all on function decode_windows_1252(bytea) from public;
