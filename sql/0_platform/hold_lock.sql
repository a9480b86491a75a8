-- Takes a lock until the transaction ends, and waits for whoever has it. A lock is a row of a table that only the owner
-- reaches: of advisory locks any login sees the key in pg_locks and could take them, and keep everybody waiting.
--
-- The row is locked and never changed, so that also repeatable read may wait for it and go on.
create or replace function hold_lock(p_name text)
returns void
language plpgsql
volatile
set search_path from current
as $$
begin
  perform from locks as k where k.name = p_name for update;

  if not found then
    insert into locks (name) values (p_name) on conflict (name) do nothing;
    perform from locks as k where k.name = p_name for update;
  end if;
end
$$;

comment on function hold_lock(text) is 'Row lock until the transaction ends.';
