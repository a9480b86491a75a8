-- The states as one value, on the terms of address_dictionary: read once a session, never in an index.
create or replace function state_dictionary()
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(jsonb_object_agg(names.name, jsonb_build_object('state', names.state, 'fips', names.fips)), '{}')
  from (
    select
      sn.name,
      sn.state,
      sn.fips
    from state_names as sn

    union

    select
      sn.fips,
      sn.state,
      sn.fips
    from state_names as sn
  ) as names;
$$;

comment on function state_dictionary() is
  'state_names as an object: name, code or FIPS prefix to {state, fips}. Never in an index.';
