-- The counties as one value, on the terms of address_dictionary: read once a session, never in an index.
-- A name that only one county of the country has needs no state; XX before a name is its most populous county.
create or replace function county_dictionary()
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(jsonb_object_agg(names.name, names.fips), '{}')
  from (
    select
      cc.state || ' ' || cc.name as name,
      cc.fips
    from county_codes as cc

    union all

    select
      '* ' || cc.name,
      min(cc.fips)
    from county_codes as cc
    where cc.state <> 'XX'
    group by cc.name
    having count(*) = 1
  ) as names;
$$;

comment on function county_dictionary() is
  'county_codes as an object: CA LOSANGELES to 06037, and * LOSANGELES, since there is one. Never in an index.';
