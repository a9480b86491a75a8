-- The columns of leads in clear that a merge writes and upload_changes keeps.
create or replace function merged_columns()
returns text[]
language sql
immutable
parallel safe
set search_path from current
as $$
  select array[
    'mak', 'county_fips', 'apn', 'addr_hash', 'street', 'unit', 'city', 'state', 'zip', 'lead_score', 'melissa_payload'
  ];
$$;

comment on function merged_columns() is 'Names of the columns that upload_changes.before and after may hold.';

revoke all on function merged_columns() from public;
