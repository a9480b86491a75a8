-- All data keys, opened: what seals or opens many rows joins to it once instead of unwrapping a key for each.
create or replace function key_ring()
returns table (version int, purpose text, key bytea)
language plpgsql stable set search_path from current
as $$
declare
  v_kek bytea := key_encryption_key();
begin
  return query
    select d.version, d.purpose, unwrap_key(v_kek, d)
      from data_keys as d
     order by d.version;
end
$$;

comment on function key_ring() is
  'Every data key with its version and purpose, unwrapped. PF011 if the key-encryption key is not the one that'
  ' wrapped it.';
