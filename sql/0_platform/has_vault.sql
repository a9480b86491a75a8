-- Whether Supabase Vault is here and the role that asks may read it. By the catalog: naming what is missing would be
-- an error. Where it is not, whoever may create schemas in the database could put up something of that name and be
-- handed the key: schema and view must be an extension's, a superuser's or those of the role that asks.
create or replace function has_vault()
returns boolean
language sql
stable
set search_path from current
as $$
  with vault as (
    select n.oid as schema_oid, c.oid as view_oid, n.nspowner, c.relowner
      from pg_class as c
      join pg_namespace as n on n.oid = c.relnamespace
     where n.nspname = 'vault'
       and c.relname = 'decrypted_secrets'
  )

  select exists (
    select
      from vault as v
     where has_schema_privilege(v.schema_oid, 'usage')
       and has_table_privilege(v.view_oid, 'select')
       and not exists (
         select
           from (
             values
               ('pg_namespace'::regclass, v.schema_oid, v.nspowner),
               ('pg_class'::regclass, v.view_oid, v.relowner)
           ) as o (class, oid, owner)
           join pg_roles as r on r.oid = o.owner
          where not r.rolsuper
            and r.rolname <> current_user
            and not exists (
              select from pg_depend as d where d.classid = o.class and d.objid = o.oid and d.deptype = 'e'
            )
       )
  );
$$;

comment on function has_vault() is
  'True if the view vault.decrypted_secrets is there, readable, and nobody else''s who could have made it up.';

revoke all on function has_vault() from public;
