-- Makes what sealing needs where it is missing, and proves that it works: the loader calls it after each load. Where
-- keys come with each session and this one has none, nothing can be made or proved yet; the next load with keys does
-- it.
create or replace function ensure_keys()
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_provider text := setting('key_provider');
begin
  insert into installation (fact, value)
  values ('secret', to_jsonb(encode(gen_random_bytes(64), 'hex')))
  on conflict (fact) do nothing;

  if v_provider = 'session' and unlocked_key() is null then
    return;
  end if;

  if v_provider = 'local' then
    insert into local_keys (id, key)
    select 1, gen_random_bytes(64)
     where not exists (select from local_keys);
  end if;

  perform create_data_key(p.purpose)
     from (values ('seal'), ('index')) as p (purpose)
    where not exists (select from data_keys as d where d.purpose = p.purpose);

  if unseal('self-test', seal('self-test', e'\\x00ff')) is distinct from e'\\x00ff'::bytea then
    raise exception using errcode = 'PF013',
      message = 'sealing does not work: what was sealed does not open to the same',
      hint = 'Is pgcrypto this server''s own? Compare its version with select * from pg_available_extensions.';
  end if;
end
$$;

comment on function ensure_keys() is 'Makes missing keys and tests sealing. PF013 if the test fails.';
