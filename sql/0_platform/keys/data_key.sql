-- One data key, opened.
create or replace function data_key(p_version int)
returns bytea
language plpgsql stable set search_path from current
as $$
declare
  v_row data_keys;
begin
  select d.* into v_row from data_keys as d where d.version = p_version;

  if not found then
    raise exception using errcode = 'PF014',
      message = format('there is no data key of version %s', coalesce(p_version::text, 'null')),
      hint = 'The value was sealed by another installation, or the key was removed: restore data_keys from a backup.';
  end if;

  return unwrap_key(key_encryption_key(), v_row);
end
$$;

comment on function data_key(int) is
  'The 64-byte data key of a version. PF014 if there is none, PF011 if the key-encryption key is a wrong one.';
