-- AEAD_AES_256_CBC_HMAC_SHA_512 (RFC 7518 section 5.2.5): encrypt, then authenticate IV, ciphertext and the
-- associated data. The IV is random unless a test gives the RFC's.
create or replace function aead_encrypt(p_key bytea, p_plaintext bytea, p_aad bytea, p_iv bytea default null)
returns bytea
language plpgsql volatile set search_path from current
as $$
declare
  v_iv bytea := coalesce(p_iv, gen_random_bytes(16));
  v_body bytea;
begin
  if octet_length(p_key) is distinct from 64 or octet_length(v_iv) <> 16 then
    raise exception using errcode = 'PF010',
      message = 'the key must have 64 bytes and the IV 16',
      hint = 'A key is 32 bytes for the MAC, then 32 bytes for encryption.';
  end if;

  v_body := v_iv || encrypt_iv(p_plaintext, substr(p_key, 33), v_iv, 'aes-cbc/pad:pkcs');

  return v_body || aead_tag(p_key, v_body, p_aad);
end
$$;

comment on function aead_encrypt(bytea, bytea, bytea, bytea) is
  'Seals bytes: IV (16 bytes), ciphertext, tag (32 bytes), as RFC 7518 5.2.5 has it. Key: 32 bytes MAC, 32 bytes'
  ' encryption; PF010 for another length. Null plaintext gives null.';
