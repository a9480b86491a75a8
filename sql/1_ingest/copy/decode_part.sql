-- Bytes of a part of a file as text, in the encoding that the parts before it had. A file in Windows-1252 shows only
-- at its first letter that is not ASCII; one that was UTF-8 before that is neither, and is refused.
create or replace function decode_part(p_bytes bytea, inout encoding text, out content text)
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  if substr(p_bytes, 1, 2) in (e'\\xfffe', e'\\xfeff') then
    raise exception using errcode = 'PF023',
      message = 'the file is UTF-16, which can''t be copied in',
      hint = 'Convert it on the way: from program ''iconv -f UTF-16 -t UTF-8 FILE | base64 -w 65536''.';
  end if;

  if encoding = 'WIN1252' and position(e'\\x00'::bytea in p_bytes) = 0 then
    content := decode_windows_1252(p_bytes);
    return;
  end if;

  content := decode_text(p_bytes);

  -- decode_text tells by the length: of UTF-8 the bytes stay as they are, of Windows-1252 their number grows
  if octet_length(content) > octet_length(p_bytes) then
    if encoding = 'UTF8' then
      raise exception using errcode = 'PF023',
        message = 'the file begins in UTF-8 and goes on in another encoding',
        hint = 'Export it again in one encoding, best UTF-8.';
    end if;
    encoding := 'WIN1252';
  elsif char_length(content) < octet_length(p_bytes) then
    encoding := 'UTF8';
  end if;
end
$$;

comment on function decode_part(bytea, text) is
  'content: the text of the bytes. encoding: UTF8 or WIN1252 once that is known, null for ASCII. PF022 for NUL bytes,'
  ' PF023 for UTF-16 and for a part that is not UTF-8 after one that is.';
