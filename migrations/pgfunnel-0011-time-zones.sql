-- Where a lead's clock stands. The rows are in migrations/reference/, a CSV file a table.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0001-foundation

create table if not exists zip_zones (
  prefix text not null,
  timezone text not null,
  primary key (prefix, timezone)
);

comment on table zip_zones is 'Time zones by ZIP code.';
comment on column zip_zones.prefix is 'The first three digits of a ZIP; all five where those hold several zones.';

create table if not exists state_zones (
  state text not null,
  timezone text not null,
  primary key (state, timezone)
);

comment on table state_zones is 'The time zones of each state, DC and the territories.';
comment on column state_zones.state is 'The two-letter code of the USPS.';

create table if not exists area_code_zones (
  area_code text not null,
  timezone text not null,
  primary key (area_code, timezone)
);

comment on table area_code_zones is 'The time zones in which numbers of an area code are used.';
comment on column area_code_zones.area_code is 'Three digits of the North American Numbering Plan.';

alter table zip_zones enable row level security;
alter table state_zones enable row level security;
alter table area_code_zones enable row level security;
