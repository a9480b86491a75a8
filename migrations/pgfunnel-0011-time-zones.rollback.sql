-- Drops the time zones.

drop table if exists area_code_zones;
drop table if exists state_zones;
drop table if exists zip_zones;
