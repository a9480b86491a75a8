-- What a provider holds as key-encryption key at this moment; nothing if it has none.
--
-- local: an owner-only table. vault: a secret of Supabase Vault; asked only where the owner may read it, so that its
-- absence is an answer and no error. session: what unlock_keys left for this transaction.
create or replace function provider_key(p_provider text)
returns bytea
language plpgsql stable set search_path from current
as $$
declare
  v_secret text;
begin
  case p_provider
    when 'local' then
      return (select k.key from local_keys as k order by k.id desc limit 1);
    when 'vault' then
      if has_vault() then
        execute 'select s.decrypted_secret from vault.decrypted_secrets as s where s.name = $1'
           into v_secret
          using vault_key_name();

        return read_key(v_secret);
      end if;
    when 'session' then
      return unlocked_key();
    else
      raise exception using errcode = 'PF012',
        message = format('there is no key provider %L', p_provider),
        hint = 'settings.key_provider is local, vault or session: move_keys changes it, nothing else should.';
  end case;

  return null;
end
$$;

comment on function provider_key(text) is
  'The 64-byte key of local, vault or session; null if it has none now. PF012 for another provider, PF015 if what the'
  ' vault holds is no key.';
