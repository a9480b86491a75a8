-- Seals a value for one place. The context names the place (table.column/id): moved elsewhere, it does not open.
-- The first four bytes tell the key's version, which is authenticated too. Where many rows are sealed, the second
-- form takes the key from key_ring().
create or replace function seal(p_key bytea, p_version int, p_context text, p_plaintext bytea)
returns bytea
language plpgsql volatile set search_path from current
as $$
begin
  return int4send(p_version)
    || aead_encrypt(p_key, p_plaintext, int4send(p_version) || convert_to(p_context, 'UTF8'));
end
$$;

create or replace function seal(p_context text, p_plaintext bytea)
returns bytea
language plpgsql volatile set search_path from current
as $$
declare
  v_version int := newest_data_key('seal');
begin
  return seal(data_key(v_version), v_version, p_context, p_plaintext);
end
$$;

comment on function seal(text, bytea) is
  'Seals bytes under the newest data key: version (4 bytes), then as aead_encrypt. Context: table.column/id. Null'
  ' gives null.';
comment on function seal(bytea, int, text, bytea) is 'The same under a given data key and its version.';
