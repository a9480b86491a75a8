-- The keys of a line, strongest first: a row a kind, also for those it lacks.
create or replace function row_keys(p_row upload_rows)
returns table (strength int, key_kind text, key_value text)
language sql
immutable
parallel safe
set search_path from current
as $$
  values
    (1, 'mak', p_row.mak),
    (2, 'fips_apn', p_row.county_fips || '/' || p_row.apn),
    (3, 'address', p_row.addr_hash);
$$;

comment on function row_keys(upload_rows) is
  'Three rows, strength 1 to 3: mak, fips_apn (FIPS/APN), address (hash); key_value is null where the line has none.';
