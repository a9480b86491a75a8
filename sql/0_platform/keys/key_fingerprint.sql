-- Names a key without telling it.
create or replace function key_fingerprint(p_key bytea)
returns text
language sql
immutable
strict
parallel safe
set search_path from current
as $$
  select left(encode(sha256(p_key), 'hex'), 16);
$$;

comment on function key_fingerprint(bytea) is 'First 16 hex digits of the key''s SHA-256.';
