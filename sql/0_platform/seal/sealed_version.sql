-- Which data key a sealed value needs.
create or replace function sealed_version(p_sealed bytea)
returns int
language sql immutable strict parallel safe set search_path from current
as $$
  select case
    when octet_length(p_sealed) >= 4
      then (get_byte(p_sealed, 0) << 24) | (get_byte(p_sealed, 1) << 16) | (get_byte(p_sealed, 2) << 8) | get_byte(p_sealed, 3)
  end;
$$;

comment on function sealed_version(bytea) is
  'The key version in the first four bytes of a sealed value; null if it is shorter.';
