-- Makes a data key, wrapped by the key-encryption key. The version goes into the associated data, so that a wrapped
-- key put under another version does not open. Calls that make, move or retire keys take turns.
create or replace function create_data_key(p_purpose text)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_key bytea := gen_random_bytes(64);
  v_version int;
begin
  lock table data_keys in share row exclusive mode;

  select coalesce(max(d.version), 0) + 1 into v_version from data_keys as d;

  insert into data_keys (version, purpose, wrapped, provider, fingerprint)
  values (
    v_version,
    p_purpose,
    aead_encrypt(key_encryption_key(), v_key, data_key_aad(v_version, p_purpose)),
    setting('key_provider'),
    left(encode(sha256(v_key), 'hex'), 16) -- names the key without giving it away
  );

  return v_version;
end
$$;

comment on function create_data_key(text) is
  'Adds a random 64-byte data key for a purpose, seal or index; returns its version.';
