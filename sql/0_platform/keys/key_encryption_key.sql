-- The key that wraps the data keys, from the provider that the settings name.
create or replace function key_encryption_key()
returns bytea
language plpgsql stable set search_path from current
as $$
declare
  v_provider text := setting('key_provider');
  v_key bytea := provider_key(v_provider);
begin
  if v_key is null then
    raise exception using errcode = 'PF012',
      message = format('the key provider %s has no key', v_provider),
      hint = case v_provider
        when 'local' then 'Restore the table local_keys from a backup.'
        when 'vault' then format('Vault must hold the secret %L, and the owner must be able to read it.', vault_key_name())
        else 'Call unlock_keys with the key-encryption key, in this same transaction and before all else.'
      end;
  end if;

  return v_key;
end
$$;

comment on function key_encryption_key() is
  'The 64-byte key that wraps data_keys. PF012 if the provider has none, or none in this transaction.';
