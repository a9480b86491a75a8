-- A line of base64 as bytes. What is none is told in words of our own: the server's would quote the file.
create or replace function decode_piece(p_base64 text)
returns bytea
language plpgsql
stable
set search_path from current
as $$
begin
  begin
    if octet_length(p_base64) <= setting('max_upload_bytes')::bigint then
      return decode(p_base64, 'base64');
    end if;
  exception
    when invalid_parameter_value then
      null; -- told below
  end;

  raise exception using errcode = 'PF038',
    message = 'a row is no line of base64, or too long for one',
    hint = 'Copy with: from program ''base64 -w 65536 FILE''. The width must be a multiple of four.';
end
$$;

comment on function decode_piece(text) is
  'The bytes of a line of base64. PF038 if it is none, or longer than the setting max_upload_bytes.';

revoke all on function decode_piece(text) from public;
