-- A hash of a file of which no more than a block is at hand: SHA-256 of the first block, then of that hash and the next
-- block, and so on. It depends on the bytes alone, not on the pieces in which they came. A block is 1 MiB for good:
-- another size would give other hashes, and content that was merged would be merged again.
--
-- The last bytes always stay in the rest, so that a file of one block has the hash that it has as a whole.
create or replace function chain_hash(inout chain bytea, inout rest bytea, p_is_last boolean)
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  c_block constant int := 1048576;
  v_from int := 1;
begin
  while octet_length(rest) - v_from + 1 > c_block loop
    chain := sha256(coalesce(chain, '') || substr(rest, v_from, c_block));
    v_from := v_from + c_block;
  end loop;

  rest := substr(rest, v_from);

  if p_is_last then
    chain := sha256(coalesce(chain, '') || rest);
  end if;
end
$$;

comment on function chain_hash(bytea, bytea, boolean) is
  'Takes whole blocks of 1 MiB from rest into chain (null before the first); at the end what is left, too.';
