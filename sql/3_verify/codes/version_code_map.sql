-- Every change of the map is a new version, by whichever role and statement: the code as it was goes into the history,
-- which tells reverify_leads what to read again. What one transaction changes is one version, known by the
-- transaction's time, unless it changes the same code twice.
--
-- Security definer: the history is written by functions alone.
create or replace function version_code_map()
returns trigger
language plpgsql security definer set search_path from current
as $$
declare
  v_version int;
begin
  -- one change of the map at a time
  lock table verification_code_history in share row exclusive mode;

  if tg_op <> 'DELETE' then
    new.provider := lower(new.provider);
    new.code := upper(new.code);
  end if;

  -- an insert of what is there comes back as an update, or as nothing
  if tg_op = 'INSERT' and exists (
    select
      from verification_code_map as m
     where (m.provider, m.channel, m.code) = (new.provider, new.channel, new.code)
  ) then
    new.is_verified := new.effect = 'verify';
    return new;
  end if;

  select max(h.replaced_by)
    into v_version
    from verification_code_history as h
   where h.replaced_at = transaction_timestamp();

  if v_version is null or exists (
    select
      from verification_code_history as h
     where h.replaced_by = v_version
       and (
         (h.provider, h.channel, h.code) = (old.provider, old.channel, old.code)
         or (h.provider, h.channel, h.code) = (new.provider, new.channel, new.code)
       )
  ) then
    select greatest((select max(h.replaced_by) from verification_code_history as h), max(m.map_version), 0) + 1
      into v_version
      from verification_code_map as m;
  end if;

  if tg_op <> 'INSERT' then
    insert into verification_code_history (
      provider, channel, code, replaced_by, map_version, effect, meaning, replaced_at
    )
    values (
      old.provider, old.channel, old.code, v_version, old.map_version, old.effect, old.meaning, transaction_timestamp()
    );
  end if;

  if tg_op <> 'DELETE' then
    new.map_version := v_version;

    if tg_op = 'INSERT' or (new.effect <> old.effect and new.is_verified = old.is_verified) then
      new.is_verified := new.effect = 'verify';
    end if;

    insert into verification_code_history (provider, channel, code, replaced_by, replaced_at)
    values (new.provider, new.channel, new.code, v_version, transaction_timestamp())
    on conflict do nothing; -- an update that keeps the code
  end if;

  -- leads are read from the first one on for all that is yet to be read again
  update verification_code_history as h
     set reverified_through = null
   where h.reverified_at is null
     and h.reverified_through is not null;

  return coalesce(new, old);
end
$$;

comment on function version_code_map() is
  'Trigger on verification_code_map: numbers its versions and keeps the old ones; is_verified follows effect.';

create or replace trigger verification_code_map_1_version
before insert or update or delete on verification_code_map
for each row
execute function version_code_map();
