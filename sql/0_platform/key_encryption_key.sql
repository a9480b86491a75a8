-- The key that wraps the data keys, from the provider that the settings name.
create or replace function key_encryption_key()
returns bytea
language plpgsql
stable
set search_path from current
as $$
declare
  v_key bytea;
begin
  if setting('key_provider') = 'local' then
    select k.key into v_key from local_keys as k order by k.id desc limit 1;
  end if;

  if v_key is null then
    raise exception using errcode = 'PF012',
      message = format('the key provider %L has no key', setting('key_provider')),
      hint = 'settings.key_provider must be local, and local_keys must hold its key: restore it from a backup.';
  end if;

  return v_key;
end
$$;

comment on function key_encryption_key() is 'The 64-byte key that wraps data_keys. PF012 if the provider has none.';

revoke all on function key_encryption_key() from public;
