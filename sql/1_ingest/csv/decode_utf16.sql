-- UTF-16 as text. The server has no conversion for it; a JSON string has: each unit as \uXXXX, surrogate pairs
-- included. Half a unit at the end is made an escape that JSON refuses.
create or replace function decode_utf16(p_body bytea)
returns text
language plpgsql immutable strict parallel safe set search_path from current
as $$
declare
  v_units text := encode(substr(p_body, 3), 'hex');
begin
  v_units := case substr(p_body, 1, 2)
    when decode('fffe', 'hex') then regexp_replace(v_units, '(..)(..)', e'\\\\u\\2\\1', 'g')
    else regexp_replace(v_units, '(..)(..)', e'\\\\u\\1\\2', 'g')
  end;

  return jsonb_build_array(
    ('"' || v_units || case when octet_length(p_body) % 2 = 1 then e'\\u' else '' end || '"')::jsonb
  ) ->> 0;
exception
  when invalid_text_representation or untranslatable_character then
    raise exception using errcode = 'PF023',
      message = 'the file begins like UTF-16 and is not',
      hint = 'Save it as UTF-8.';
end
$$;

comment on function decode_utf16(bytea) is
  'The text of bytes in UTF-16, either order, after their byte order mark. PF023 for half units, lone surrogates'
  ' and NUL.';
