-- The keys by which a property is known, strongest first, a row a kind, also for those it lacks. Rows of a file, lines
-- that were merged and leads have them in columns of the same names. The merge, which works on whole sets, reads these
-- columns itself; everybody else asks here.
create or replace function property_keys(p_mak text, p_county_fips text, p_apn text, p_addr_hash text)
returns table (strength int, kind text, label text, columns text[], value text)
language sql immutable parallel safe set search_path from current
as $$
  values
    (1, 'mak', 'MAK', array['mak'], p_mak),
    (2, 'fips_apn', 'FIPS and APN', array['county_fips', 'apn'], p_county_fips || '/' || p_apn),
    (3, 'address', 'address', array['addr_hash'], p_addr_hash);
$$;

comment on function property_keys(text, text, text, text) is
  'Three rows, strength 1 to 3: kind mak, fips_apn, address; its label in messages and its columns; value: the MAK,'
  ' FIPS/APN, the address''s hash, null where there is none.';
