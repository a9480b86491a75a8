-- Random bytes that only the owner can read, for what must not be guessed from outside. They protect nothing at rest.
create or replace function installation_secret()
returns bytea
language sql stable set search_path from current
as $$
  select decode(i.value ->> 0, 'hex') from installation as i where i.fact = 'secret';
$$;

comment on function installation_secret() is '64 bytes, made by ensure_keys; null before.';
