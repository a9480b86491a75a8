-- The fields of a staged row that have a column of their own – a key, the property's address, the score – and are
-- therefore not repeated in the sealed document, where all others go.
create or replace function fields_with_columns()
returns text[]
language sql immutable parallel safe set search_path from current
as $$
  select array[
    'mak', 'county_fips', 'apn', 'property_street', 'property_unit', 'property_city', 'property_state',
    'property_zip', 'lead_score', 'melissa_results'
  ];
$$;

comment on function fields_with_columns() is 'Names of the fields that do not go into the sealed document.';
