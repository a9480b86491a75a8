-- The key that hold_key kept in this transaction. Any role can write into the setting: what does not open is no key.
create or replace function unlocked_key()
returns bytea
language plpgsql stable set search_path from current
as $$
declare
  v_held text := current_setting('pgfunnel.unlocked_key', true);
begin
  if v_held !~ '^([0-9a-f]{2})+$' then
    return null;
  end if;

  return aead_open(installation_secret(), decode(v_held, 'hex'), transaction_aad());
end
$$;

comment on function unlocked_key() is
  'The key-encryption key that this transaction was given by unlock_keys; null if none was.';
