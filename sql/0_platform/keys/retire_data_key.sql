-- Removes a data key that nothing needs any more.
--
-- A transaction that seals has read data_keys. So the lock on data_keys waits for every transaction that might still
-- write with the old key, and no other begins until the key is gone. A reader with an older snapshot sees the old
-- values and the key's row with them. A writer whose snapshot is older than the rotation must fail: newest_data_key
-- sees the retired version in a sequence, which no snapshot hides.
create or replace function retire_data_key(p_version int)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_needed text;
begin
  -- what the sequence is told stays when this transaction fails, so the newer key must not be part of it
  if not exists (select from data_keys as d where d.version = p_version and d.purpose = 'seal')
    or not exists (
      select
        from data_keys as d
       where d.version > p_version
         and d.purpose = 'seal'
         and d.created_at < transaction_timestamp()
    )
  then
    raise exception using errcode = 'PF017',
      message = format('data key %s is not one that can be retired', coalesce(p_version::text, 'null')),
      hint = 'Only one for sealing can, after rotate_data_key has made a newer one and was committed.';
  end if;

  -- first without the lock, under which every other transaction would wait for the count
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

  perform setval('data_keys_retired_seq', greatest(p_version, s.last_value)) from data_keys_retired_seq as s;

  delete from data_keys as d
   where d.version = p_version;

  perform record_event(clock_timestamp(), 'keys', jsonb_build_object('retired', p_version));
end
$$;

comment on function retire_data_key(int) is
  'Removes an old data key for good. PF017 if it is the newest, one for blind indexes or unknown, or if the newer one'
  ' is not committed; PF018, with counts, if something sealed by it is left. Event keys.';
