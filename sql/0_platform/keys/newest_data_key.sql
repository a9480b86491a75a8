-- The version that seals or indexes now. A transaction whose snapshot is older than a rotation may take its newest for
-- the newest of all, which does no harm until that is retired: then what it seals could never be opened.
create or replace function newest_data_key(p_purpose text)
returns int
language plpgsql stable strict set search_path from current
as $$
declare
  v_version int := (select max(d.version) from data_keys as d where d.purpose = p_purpose);
begin
  if p_purpose = 'seal' and v_version <= (select s.last_value from data_keys_retired_seq as s) then
    raise exception using errcode = 'PF019',
      message = format('data key %s was retired since this transaction began', v_version),
      hint = 'Begin the transaction anew; it read the database as it was before the keys were rotated.';
  end if;

  return v_version;
end
$$;

comment on function newest_data_key(text) is
  'The newest version of the data keys for a purpose, seal or index. PF019 if it is retired and this transaction is too'
  ' old to know a newer one.';
