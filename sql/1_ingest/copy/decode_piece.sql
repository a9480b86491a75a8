-- A line of base64 as bytes, or null. No error: the server would log the line with it, and with it what was sent by
-- mistake.
create or replace function decode_piece(p_base64 text)
returns bytea
language plpgsql stable set search_path from current
as $$
begin
  if octet_length(p_base64) <= setting('max_upload_bytes')::bigint then
    return decode(p_base64, 'base64');
  end if;

  return null;
exception
  when invalid_parameter_value then
    return null;
end
$$;

comment on function decode_piece(text) is
  'The bytes of a line of base64. Null if it is none, or longer than the setting max_upload_bytes.';
