-- Opens what aead_encrypt sealed. What does not belong to this key and this associated data is an error, never
-- garbage.
create or replace function aead_decrypt(p_key bytea, p_sealed bytea, p_aad bytea)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_plaintext bytea := aead_open(p_key, p_sealed, p_aad);
begin
  if v_plaintext is null and p_sealed is not null then
    raise exception using errcode = 'PF011',
      message = 'a sealed value does not open',
      hint = 'It was changed or moved, or the key is not the one that sealed it. Restore the row from a backup.';
  end if;

  return v_plaintext;
end
$$;

comment on function aead_decrypt(bytea, bytea, bytea) is
  'Opens IV, ciphertext, tag. PF010 for a key of another length than 64 bytes, PF011 if the tag does not fit key,'
  ' content and associated data. Null gives null.';
