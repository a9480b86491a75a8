-- All data keys, opened: what seals or opens many rows joins to it once instead of unwrapping a key for each.
create or replace function key_ring()
returns table (version int, purpose text, key bytea)
language plpgsql
stable
set search_path from current
as $$
declare
  v_kek bytea := key_encryption_key();
  v_row record;
begin
  for v_row in select d.version, d.purpose, d.wrapped, d.fingerprint from data_keys as d order by d.version loop
    version := v_row.version;
    purpose := v_row.purpose;
    key := aead_decrypt(v_kek, v_row.wrapped, data_key_aad(v_row.version, v_row.purpose));
    return next;
  end loop;
end
$$;

comment on function key_ring() is
  'Every data key with its version and purpose, unwrapped. PF011 if the key-encryption key is not the one that'
  ' wrapped it.';

revoke all on function key_ring() from public;
