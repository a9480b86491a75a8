-- Two installations in one database each have their secret.
create or replace function vault_key_name()
returns text
language sql stable set search_path from current
as $$
  select 'pgfunnel key-encryption key of schema ' || current_schema();
$$;

comment on function vault_key_name() is 'The name of this installation''s secret in Supabase Vault.';
