-- Compares two secrets without telling, by its duration, where they differ: their keyed hashes are compared, under a
-- key that nobody knows.
create or replace function equal_constant_time(p_left bytea, p_right bytea)
returns boolean
language plpgsql parallel safe set search_path from current
immutable -- the key is random, the answer is not; and a volatile function can't be asked by a parallel query
as $$
declare
  v_key bytea := gen_random_bytes(32);
begin
  return hmac(p_left, v_key, 'sha256') = hmac(p_right, v_key, 'sha256');
end
$$;

comment on function equal_constant_time(bytea, bytea) is
  'Whether two values are equal, in constant time. Null if one is null.';
