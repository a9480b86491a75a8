-- The authentication tag: HMAC-SHA-512 over associated data, IV, ciphertext and the length of the associated data
-- in bits as 64-bit big-endian, cut to its first 32 bytes (RFC 7518 section 5.2.2.1).
create or replace function aead_tag(p_key bytea, p_body bytea, p_aad bytea)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  return substr(
    hmac(p_aad || p_body || int8send(octet_length(p_aad)::bigint * 8), substr(p_key, 1, 32), 'sha512'),
    1, 32
  );
end
$$;

comment on function aead_tag(bytea, bytea, bytea) is
  'The 32-byte tag over IV and ciphertext (p_body) and the associated data, under the first 32 bytes of the key.';
