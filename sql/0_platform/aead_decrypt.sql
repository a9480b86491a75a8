-- Opens what aead_encrypt sealed. The tag is compared first and in constant time; what does not belong to this key
-- and this associated data is an error, never garbage.
create or replace function aead_decrypt(p_key bytea, p_sealed bytea, p_aad bytea)
returns bytea
language plpgsql
immutable
parallel safe
set search_path from current
as $$
declare
  v_body bytea;
begin
  if octet_length(p_key) is distinct from 64 then
    raise exception using errcode = 'PF010',
      message = 'the key must have 64 bytes',
      hint = 'A key is 32 bytes for the MAC, then 32 bytes for encryption.';
  end if;

  if p_sealed is null then
    return null;
  end if;

  -- IV, at least one block, tag
  if octet_length(p_sealed) >= 64 then
    v_body := substr(p_sealed, 1, octet_length(p_sealed) - 32);
  end if;

  if v_body is null
    or not equal_constant_time(aead_tag(p_key, v_body, p_aad), substr(p_sealed, octet_length(p_sealed) - 31))
  then
    raise exception using errcode = 'PF011',
      message = 'a sealed value does not open',
      hint = 'It was changed or moved, or the key is not the one that sealed it. Restore the row from a backup.';
  end if;

  return decrypt_iv(substr(v_body, 17), substr(p_key, 33), substr(v_body, 1, 16), 'aes-cbc/pad:pkcs');
end
$$;

comment on function aead_decrypt(bytea, bytea, bytea) is
  'Opens IV, ciphertext, tag. PF010 for a key of another length than 64 bytes, PF011 if the tag does not fit key,'
  ' content and associated data. Null gives null.';

revoke all on function aead_decrypt(bytea, bytea, bytea) from public;
