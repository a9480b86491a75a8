-- Reference tables of the normalisers. Their rows are in migrations/reference/, a CSV file a table.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0001-foundation

create table if not exists address_words (
  role text not null,
  word text not null,
  means text not null,
  primary key (role, word)
);

comment on table address_words is
  'Words and phrases of addresses and what each is normalised to, by the part it plays. After a change '
  'every address hash must be made anew.';
comment on column address_words.role is
  'Where the word counts: suffix, numbered suffix, direction, direction pair, unit, unit alone, unit '
  'filler, box, rural route, road before number, name, ordinal ending, place, county.';
comment on column address_words.word is 'Upper case, one space between words.';

create table if not exists state_names (
  name text primary key,
  state text not null,
  fips text not null
);

comment on table state_names is 'States, DC and territories by name and by code.';
comment on column state_names.name is 'Upper case letters only: NEWYORK, NY.';
comment on column state_names.state is 'The two-letter code of the USPS.';
comment on column state_names.fips is 'The first two digits of its counties'' FIPS codes.';

create table if not exists county_codes (
  state text not null,
  name text not null,
  fips text not null,
  primary key (state, name)
);

comment on table county_codes is 'Counties and their equals by state and name.';
comment on column county_codes.state is
  'The two-letter code of the USPS. XX: the most populous county of a name that several states have.';
comment on column county_codes.name is
  'Upper case letters only, Saint as ST, without the word County: LOSANGELES. A city that is a county of '
  'its own keeps CITY.';
comment on column county_codes.fips is 'FIPS code: two digits of the state, three of the county.';

alter table address_words enable row level security;
alter table state_names enable row level security;
alter table county_codes enable row level security;
