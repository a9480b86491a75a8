-- Opens what aead_encrypt sealed, or answers with null: the caller knows better what to say then. The tag is compared
-- first and in constant time.
create or replace function aead_open(p_key bytea, p_sealed bytea, p_aad bytea)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_body bytea;
begin
  if octet_length(p_key) is distinct from 64 then
    raise exception using errcode = 'PF010',
      message = 'the key must have 64 bytes',
      hint = 'A key is 32 bytes for the MAC, then 32 bytes for encryption.';
  end if;

  -- IV, at least one block, tag
  if (octet_length(p_sealed) >= 64) is not true then
    return null;
  end if;

  v_body := substr(p_sealed, 1, octet_length(p_sealed) - 32);

  if equal_constant_time(aead_tag(p_key, v_body, p_aad), substr(p_sealed, octet_length(p_sealed) - 31)) then
    return decrypt_iv(substr(v_body, 17), substr(p_key, 33), substr(v_body, 1, 16), 'aes-cbc/pad:pkcs');
  end if;

  return null;
end
$$;

comment on function aead_open(bytea, bytea, bytea) is
  'Opens IV, ciphertext, tag; null if the tag does not fit key, content and associated data. PF010 for a key of'
  ' another length than 64 bytes.';
