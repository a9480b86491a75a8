-- As hold_lock, for a caller that has something better to do than to wait.
create or replace function try_lock(p_name text)
returns boolean
language plpgsql volatile set search_path from current
as $$
begin
  perform from locks as k where k.name = p_name for update skip locked;

  if not found then
    -- held by another transaction, or never taken yet
    insert into locks (name) values (p_name) on conflict (name) do nothing;
  end if;

  if not found then
    return false;
  end if;

  perform pg_try_advisory_xact_lock(lock_key(p_name));

  return true;
end
$$;

comment on function try_lock(text) is
  'True: held until the transaction ends. False: another transaction holds it. Only the very first of a name is waited'
  ' for.';
