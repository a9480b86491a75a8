-- Changes the key-encryption key: to another provider, or to a new key of the same one. Only the data keys are wrapped
-- anew; what they sealed stays as it is. If what is now wrapped did not open, nothing would have changed.
create or replace function move_keys(p_provider text, p_kek text default null)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_old bytea;
  v_new bytea;
  v_count int;
begin
  lock table data_keys in share row exclusive mode;

  v_old := key_encryption_key();

  -- not deleted: a deleted row stays in the table's file until vacuum
  truncate local_keys;
  v_new := store_key(p_provider, p_kek);

  update data_keys as d
     set wrapped = aead_encrypt(v_new, unwrap_key(v_old, d), data_key_aad(d.version, d.purpose)),
         provider = p_provider;
  get diagnostics v_count = row_count;

  update settings as s
     set value = p_provider
   where s.key = 'key_provider';

  -- as every function will read them from now on
  perform from key_ring();

  perform record_event(clock_timestamp(), 'keys', jsonb_build_object('moved_to', p_provider), p_rows => v_count);

  return v_count;
end
$$;

comment on function move_keys(text, text) is
  'Wraps every data key with the key of a provider, local, vault or session, and names it in settings; returns how'
  ' many. For session p_kek is needed: base64 of 64 bytes; else a random key is made. PF012 if the key before is not at'
  ' hand. Event keys.';
