-- Gives a provider a new key-encryption key: the one passed, or a random one where the provider can keep it.
create or replace function store_key(p_provider text, p_kek text)
returns bytea
language plpgsql volatile set search_path from current
as $$
declare
  v_key bytea := coalesce(read_key(p_kek), gen_random_bytes(64));
  v_text text := translate(encode(v_key, 'base64'), E'\n', '');
  v_secret uuid;
begin
  if p_provider = 'local' then
    insert into local_keys (id, key) values (1, v_key);
  elsif p_provider = 'vault' and has_vault() then
    execute 'select s.id from vault.decrypted_secrets as s where s.name = $1' into v_secret using vault_key_name();

    if v_secret is null then
      execute 'select vault.create_secret($1, $2, $3)'
        using v_text, vault_key_name(), 'Wraps the data keys of pgfunnel. Lost, they and all they sealed are lost.';
    else
      execute 'select vault.update_secret($1, $2)' using v_secret, v_text;
    end if;
  elsif p_provider = 'session' and p_kek is not null then
    perform hold_key(v_key);
  else
    raise exception using errcode = 'PF016',
      message = case p_provider
        when 'session' then 'the provider session needs the key'
        when 'vault' then format('the provider vault can''t be used by %I', current_user)
        else format('there is no key provider %L', p_provider)
      end,
      hint = case p_provider
        when 'session' then 'move_keys(''session'', $1), with 64 bytes in base64 as a parameter.'
        when 'vault' then 'It needs the extension supabase_vault, and the owner the right to read and change its secrets.'
        else 'The providers are local, vault and session.'
      end;
  end if;

  return v_key;
end
$$;

comment on function store_key(text, text) is
  'Makes or takes over the 64-byte key of a provider and returns it. PF016 for an unknown provider, for vault without'
  ' Supabase Vault and for session without a key; PF015 for a key badly written.';
