-- A key as people and key services pass it on. What is wrong with one is told without a character of it.
create or replace function read_key(p_text text)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_text text := regexp_replace(p_text, e'\\s', '', 'g');
begin
  -- 64 bytes are 86 characters and two for padding; checked before decode(), whose error would show a part
  if v_text !~ '^[A-Za-z0-9+/]{86}==$' then
    raise exception using errcode = 'PF015',
      message = 'a key-encryption key is 64 bytes in base64, this is something else',
      hint = 'openssl rand -base64 64 makes one; a key service calls it a data key of 64 bytes.';
  end if;

  return decode(v_text, 'base64');
end
$$;

comment on function read_key(text) is
  '64 bytes from their base64; white space does not count. PF015 if it is none. Null gives null.';
