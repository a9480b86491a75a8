-- Takes a lock until the transaction ends, and waits while another transaction holds it.
--
-- The lock is the row: only the owner reaches the table, while any login may take any advisory lock, and could keep
-- everybody waiting. The advisory lock goes with it so that a DBA sees in pg_locks which session works; it is tried and
-- never waited for. Where a stranger holds it nothing changes, and health names that login (health_of_locks).
--
-- The row is locked and never changed, so that repeatable read too may wait for it and go on.
create or replace function hold_lock(p_name text)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  perform from locks as k where k.name = p_name for update;

  if not found then
    insert into locks (name) values (p_name) on conflict (name) do nothing;
    perform from locks as k where k.name = p_name for update;
  end if;

  perform pg_try_advisory_xact_lock(lock_key(p_name));
end
$$;

comment on function hold_lock(text) is
  'Locks the row of locks, made if it is missing, until the transaction ends; shown in pg_locks under lock_key.';
