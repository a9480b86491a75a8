-- Keeps a key-encryption key for the rest of the transaction, where the owner's functions find it again.
--
-- A transaction-local setting is the one store that never touches the disk, another session, a log or a replica, and
-- that commit, rollback and a pooler's next client find empty. Since any role may read a setting, the key lies in it
-- sealed: under the installation's secret, which is the owner's, and for this backend and transaction alone.
create or replace function hold_key(p_kek bytea)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  perform set_config(
    'pgfunnel.unlocked_key', encode(aead_encrypt(installation_secret(), p_kek, transaction_aad()), 'hex'), true
  );
end
$$;

comment on function hold_key(bytea) is 'Puts the key, sealed, into pgfunnel.unlocked_key until the transaction ends.';
