-- The provider session: a service fetches the key-encryption key from a key service and hands it in at the start of
-- each transaction. It is tried at once, so that a wrong key fails here and not at the first row. Pass it as a
-- parameter: then no log and no view of activity has it.
--
-- Security definer: the keys are the owner's; a service that unlocks them still reads only what its functions give.
create or replace function unlock_keys(p_kek text)
returns void
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_kek bytea := read_key(p_kek);
begin
  if v_kek is null then
    raise exception using errcode = 'PF015',
      message = 'the key-encryption key is missing',
      hint = 'Pass the 64 bytes in base64, as a parameter.';
  end if;

  perform unwrap_key(v_kek, d) from data_keys as d;

  perform hold_key(v_kek);
end
$$;

comment on function unlock_keys(text) is
  'Makes the key-encryption key known until this transaction ends; base64 of 64 bytes. PF015 if it is none, PF011 if'
  ' it is not the one that wraps the data keys.';

grant execute on function unlock_keys(text) to pipeline_writer;
