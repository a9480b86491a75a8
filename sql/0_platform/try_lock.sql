-- As hold_lock, for who has something better to do than to wait.
create or replace function try_lock(p_name text)
returns boolean
language plpgsql
volatile
set search_path from current
as $$
begin
  perform from locks as k where k.name = p_name for update skip locked;

  if not found then
    -- held by somebody, or never taken yet
    insert into locks (name) values (p_name) on conflict (name) do nothing;
  end if;

  return found;
end
$$;

comment on function try_lock(text) is
  'True: held until the transaction ends. False: somebody else has it. Only the very first of a name is waited for.';
