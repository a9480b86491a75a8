-- Removes a data key that nothing needs any more.
--
-- Whoever seals or opens has read data_keys in his transaction. So the lock waits for all who might still write with
-- the old key, and lets nobody begin until it is gone. Someone with a snapshot from before would see its row all the
-- same: hence the table is emptied by truncate, which no snapshot survives, and he gets an error instead of sealing
-- with a key that is gone.
create or replace function retire_data_key(p_version int)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_needed text;
  v_kept data_keys[];
begin
  if not exists (select from data_keys as d where d.version = p_version and d.purpose = 'seal')
    or p_version = newest_data_key('seal')
  then
    raise exception using errcode = 'PF017',
      message = format('data key %s is not one that can be retired', coalesce(p_version::text, 'null')),
      hint = 'Only one for sealing can, once rotate_data_key has made a newer one: select version, purpose from data_keys.';
  end if;

  -- first without the lock, which would let everybody wait for the count
  v_needed := sealed_by(p_version);

  if v_needed is null then
    lock table data_keys in access exclusive mode;
    v_needed := sealed_by(p_version);
  end if;

  if v_needed is not null then
    raise exception using errcode = 'PF018',
      message = format('data key %s is still needed by %s', p_version, v_needed),
      hint = 'Call reseal_leads until it returns 0. What is left then does not open: restore those rows, or delete them.';
  end if;

  v_kept := array(select d from data_keys as d where d.version <> p_version);
  truncate data_keys;
  insert into data_keys select k.* from unnest(v_kept) as k;

  perform record_event(now(), 'keys', jsonb_build_object('retired', p_version));
end
$$;

comment on function retire_data_key(int) is
  'Removes an old data key for good. PF017 if it is the newest, one for blind indexes or unknown; PF018, with counts,'
  ' if something sealed by it is left. Event keys.';

revoke all on function retire_data_key(int) from public;
