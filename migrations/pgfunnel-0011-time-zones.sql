-- Where a lead's clock stands. The rows are in migrations/reference/, a CSV file a table.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0001-foundation

create table if not exists zip_zones (
  prefix text primary key,
  timezone text not null
);

comment on table zip_zones is 'Time zones by ZIP code.';
comment on column zip_zones.prefix is 'The first three digits, or all five of a ZIP that differs from its neighbours.';

create table if not exists state_zones (
  state text not null,
  timezone text not null,
  primary key (state, timezone)
);

comment on table state_zones is 'The time zones of each of the fifty states and DC.';
comment on column state_zones.state is 'The two-letter code of the USPS.';

alter table zip_zones enable row level security;
alter table state_zones enable row level security;
