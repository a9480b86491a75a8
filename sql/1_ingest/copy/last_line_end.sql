-- Where bytes of a file can be cut without cutting a line: after the last LF, or the last CR that something other than
-- an LF follows. A CR at the very end may be half of a CRLF. In UTF-8 and Windows-1252 these bytes are nothing else;
-- each byte is read as one character, since text is what can be searched from its end.
create or replace function last_line_end(p_bytes bytea)
returns int
language sql immutable strict parallel safe set search_path from current
as $$
  select char_length(b.backwards) + 1 - least(
    nullif(strpos(b.backwards, E'\n'), 0),
    nullif(strpos(substr(b.backwards, 2), E'\r'), 0) + 1,
    char_length(b.backwards) + 1
  )
    from (select reverse(convert_from(p_bytes, 'LATIN1')) as backwards) as b;
$$;

comment on function last_line_end(bytea) is
  'How many of the bytes, from the first, end with a whole line; 0 if none. NUL bytes are not expected.';
