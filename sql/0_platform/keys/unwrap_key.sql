-- Opens a data key with a key-encryption key. A wrong one is told by its provider and the version, never by garbage.
create or replace function unwrap_key(p_kek bytea, p_key data_keys)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_key bytea := aead_open(p_kek, p_key.wrapped, data_key_aad(p_key.version, p_key.purpose));
begin
  if v_key is null then
    raise exception using errcode = 'PF011',
      message = format('data key %s does not open with the key of the provider %s', p_key.version, p_key.provider),
      hint = 'Give back the key-encryption key that wrapped it: docs/keys.md says where each provider keeps its own.';
  end if;

  return v_key;
end
$$;

comment on function unwrap_key(bytea, data_keys) is
  'The 64-byte data key of a row. PF011 if the key-encryption key is not the one that wrapped it.';
