"""Supabase Vault where it is not: its schema, its view and its functions behind the same names."""

import pytest

VAULT = """
    create schema vault;

    create table vault.secrets (
      id uuid primary key default gen_random_uuid(), name text unique, description text not null default '',
      secret text not null, key_id uuid, nonce bytea, created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );

    create view vault.decrypted_secrets as
    select id, name, description, secret, reverse(secret) as decrypted_secret, key_id, nonce, created_at, updated_at
      from vault.secrets;

    create function vault.create_secret(
      new_secret text, new_name text default null, new_description text default '', new_key_id uuid default null
    )
    returns uuid language sql set search_path = '' as $$
      insert into vault.secrets (secret, name, description) values (reverse(new_secret), new_name, new_description)
      returning id
    $$;

    create function vault.update_secret(
      secret_id uuid, new_secret text default null, new_name text default null, new_description text default null,
      new_key_id uuid default null
    )
    returns void language sql set search_path = '' as $$
      update vault.secrets
         set secret = coalesce(reverse(new_secret), secret), name = coalesce(new_name, name),
             description = coalesce(new_description, description), updated_at = now()
       where id = secret_id
    $$;
"""


@pytest.fixture
def vault(db):
    """supabase_vault 0.3 as a caller sees it; its cipher stands as reverse()."""
    db.execute(VAULT)
