-- The key of an advisory lock, hashed with the schema's name, so that two installations in one database do not block
-- each other, and with the installation's secret: any login may take an advisory lock, so nobody should guess ours.
create or replace function lock_key(p_name text)
returns bigint
language sql
stable
strict
set search_path from current
as $$
  select hashtextextended(
    format('pgfunnel/%s/%s/%s', current_schema(), p_name, encode(installation_secret(), 'hex')), 0
  );
$$;

comment on function lock_key(text) is 'The 64-bit advisory lock key of a name within this installation.';

revoke all on function lock_key(text) from public;
