drop table if exists county_codes;
drop table if exists state_names;
drop table if exists address_words;
