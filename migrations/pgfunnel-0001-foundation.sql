-- The ground: what the package needs is checked, pgcrypto and the group roles are there, and two tables
-- remember what was found and what was loaded, so that leaving puts everything back.
--
-- Locks: none on existing tables.

do $$
declare
  v_taken text;
begin
  if current_setting('server_version_num')::int < 150000 then
    raise exception using errcode = 'PF001',
      message = 'pgfunnel needs PostgreSQL 15 or newer, this server is ' || current_setting('server_version'),
      hint = 'Upgrade the server, or install on another one.';
  end if;

  if getdatabaseencoding() <> 'UTF8' then
    raise exception using errcode = 'PF001',
      message = 'pgfunnel needs a database in UTF8, this one is ' || getdatabaseencoding(),
      hint = 'create database … encoding ''UTF8'' template template0;';
  end if;

  -- a table named like one of ours is a stranger's, unless our own record stands beside it
  if coalesce(obj_description(to_regclass(format('%I.installation', current_schema())), 'pg_class'), '')
    not like 'What the installation found%'
  then
    select string_agg(c.relname, ', ' order by c.relname)
      into v_taken
      from pg_class as c
     where c.relnamespace = quote_ident(current_schema())::regnamespace
       and c.relname in (
         'address_words', 'area_code_zones', 'brokers', 'call_reasons', 'campaign_days',
         'campaign_status_transitions', 'campaigns', 'code_objects', 'consent_tokens', 'consents',
         'contact_fields', 'county_codes', 'data_keys', 'deliveries', 'header_aliases', 'holidays',
         'ingest_replay_guard', 'installation', 'job_runs', 'jobs', 'lead_contacts', 'leads_staging',
         'local_keys', 'locks', 'opt_out_phrases', 'pii_reveals', 'pipeline_dlq', 'pipeline_events',
         'settings', 'state_names', 'state_zones', 'suppressions', 'upload_changes', 'upload_copies',
         'upload_pieces', 'upload_remains', 'upload_rows', 'uploads', 'verification_code_history',
         'verification_code_map', 'webhook_schemes', 'webhook_secrets', 'webhook_sources', 'zip_zones'
       );

    if v_taken is not null then
      raise exception using errcode = 'PF002',
        message = format('schema %I already has: %s', current_schema(), v_taken),
        hint = 'Install into a schema of its own: pgfunnel apply --schema funnel. Only a table leads is taken over.';
    end if;
  end if;
end
$$;

create table if not exists installation (
  fact text primary key,
  value jsonb not null,
  recorded_at timestamptz not null default now()
);

comment on table installation is
  'What the installation found before it changed anything; the rollbacks read it to put it back.';
comment on column installation.fact is
  'leads: what an existing table leads looked like. roles: the group roles made here. tables: those of'
  ' the release. secret: see installation_secret.';

create table if not exists code_objects (
  load_order int primary key,
  kind text not null check (kind in ('function', 'procedure', 'view', 'materialized view', 'trigger')),
  identity text not null,
  file text not null,
  unique (kind, identity)
);

comment on table code_objects is
  'Every object that sql/ made, in the order it was made. A release drops what it no longer has; the rollback drops'
  ' all.';
comment on column code_objects.identity is
  'Unqualified: name(argument types) of a routine, name on table of a trigger.';
comment on column code_objects.file is 'Below sql/: the file that made it.';

-- pgcrypto may be anywhere; where it is missing, a trusted extension needs only the right to create in the database
do $$
begin
  if not exists (select from pg_extension as e where e.extname = 'pgcrypto') then
    create extension pgcrypto schema public;
    comment on extension pgcrypto is 'cryptographic functions, installed by pgfunnel';
  end if;
exception
  when insufficient_privilege then
    raise exception using errcode = 'PF003',
      message = 'pgcrypto is not installed, and ' || current_user || ' may not install it',
      hint = 'Let the owner of the database run: create extension pgcrypto;';
end
$$;

do $$
declare
  v_role text;
  v_made text[] := '{}';
begin
  foreach v_role in array array['pipeline_writer', 'pipeline_broker', 'pipeline_reader'] loop
    if exists (select from pg_roles as r where r.rolname = v_role) then
      continue;
    end if;

    begin
      execute format('create role %I nologin', v_role);
      v_made := v_made || v_role;
    exception
      when duplicate_object or unique_violation then
        null; -- made by an installation in another database, just now
    end;
  end loop;

  insert into installation (fact, value)
  values ('roles', to_jsonb(v_made))
  on conflict (fact) do update set value = installation.value || excluded.value;
exception
  when insufficient_privilege then
    raise exception using errcode = 'PF003',
      message = 'the role ' || v_role || ' is missing, and ' || current_user || ' may not create roles',
      hint = 'Let a role with createrole run: create role pipeline_writer nologin;'
        || ' create role pipeline_broker nologin; create role pipeline_reader nologin;';
end
$$;

-- on Supabase the API's roles play these parts; a role that is a member already is left alone
do $$
declare
  v_role text;
  v_group text;
begin
  foreach v_role in array array['service_role', 'authenticated'] loop
    v_group := case v_role when 'service_role' then 'pipeline_writer' else 'pipeline_broker' end;

    if exists (select from pg_roles as r where r.rolname = v_role and not pg_has_role(r.oid, v_group, 'member')) then
      execute format('grant %I to %I', v_group, v_role);
    end if;
  end loop;
exception
  when insufficient_privilege then
    raise exception using errcode = 'PF003',
      message = format('%I may not grant %I, which another role made', current_user, v_group),
      hint = 'Let the role that made it, or a superuser, run: grant pipeline_writer to service_role;'
        || ' grant pipeline_broker to authenticated;';
end
$$;

do $$
begin
  execute format('grant usage on schema %I to pipeline_writer, pipeline_broker, pipeline_reader', current_schema());
end
$$;

alter table installation enable row level security;
alter table code_objects enable row level security;
