-- The version that seals or indexes now.
create or replace function newest_data_key(p_purpose text)
returns int
language sql
stable
strict
set search_path from current
as $$
  select max(d.version) from data_keys as d where d.purpose = p_purpose;
$$;

comment on function newest_data_key(text) is 'The newest version of the data keys for a purpose, seal or index.';

revoke all on function newest_data_key(text) from public;
