-- Whether Supabase Vault is here and the role that asks may read it. By the catalog: naming what is missing would be
-- an error.
create or replace function has_vault()
returns boolean
language sql stable set search_path from current
as $$
  select exists (
    select
      from pg_class as c
      join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname = 'vault'
       and c.relname = 'decrypted_secrets'
       and has_schema_privilege(n.oid, 'usage')
       and has_table_privilege(c.oid, 'select')
       and not has_untrusted_owner('vault', array['decrypted_secrets', 'create_secret', 'update_secret'])
  );
$$;

comment on function has_vault() is
  'True if the view vault.decrypted_secrets is there, readable, and made by the extension, a superuser or the owner.';
