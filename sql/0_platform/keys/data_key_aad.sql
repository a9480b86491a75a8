-- What a wrapped data key is bound to.
create or replace function data_key_aad(p_version int, p_purpose text)
returns bytea
language sql immutable strict parallel safe set search_path from current
as $$
  select convert_to(format('data_keys.wrapped/%s/%s', p_purpose, p_version), 'UTF8');
$$;

comment on function data_key_aad(int, text) is 'The associated data of a wrapped data key.';
