-- Bytes of a file as text: UTF-16 where its byte order mark says so, UTF-8 where it is that, else Windows-1252,
-- which any bytes are.
create or replace function decode_text(p_body bytea)
returns text
language plpgsql immutable strict parallel safe set search_path from current
as $$
begin
  if substr(p_body, 1, 2) in (decode('fffe', 'hex'), decode('feff', 'hex')) then
    return decode_utf16(p_body);
  end if;

  return convert_from(p_body, 'UTF8');
exception
  when character_not_in_repertoire or untranslatable_character then
    if position(decode('00', 'hex') in p_body) > 0 then
      raise exception using errcode = 'PF022',
        message = 'the file has NUL bytes',
        hint = 'Send a CSV file as text. A workbook must be saved as CSV first.';
    end if;

    return decode_windows_1252(p_body);
end
$$;

comment on function decode_text(bytea) is
  'The text of a file in UTF-8, UTF-16 with a byte order mark, or Windows-1252. PF022 for NUL bytes, PF023 for'
  ' broken UTF-16.';
