-- A UUID that sorts by the time it was made: what is made together lies together in every index it is in, so that a
-- large file appends to them instead of reading and writing all of their pages.
create or replace function time_ordered_uuid()
returns uuid
language plpgsql volatile set search_path from current
as $$
declare
  v_milliseconds bigint := extract(epoch from clock_timestamp()) * 1000;
begin
  -- bits 52 and 53 make version 7 of a random one, which is version 4
  return encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid()) placing substr(int8send(v_milliseconds), 3) from 1 for 6), 52, 1
    ), 53, 1),
    'hex'
  )::uuid;
end
$$;

comment on function time_ordered_uuid() is
  'A new UUID of version 7 (RFC 9562 section 5.7): 48 bits of Unix time in milliseconds, 74 random bits.';
