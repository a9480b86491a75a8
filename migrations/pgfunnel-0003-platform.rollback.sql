-- Drops what every stage used.

drop table if exists holidays;
drop table if exists locks;
drop table if exists job_runs;
drop table if exists jobs;
drop type if exists job_run_status;
drop table if exists brokers;
drop table if exists pii_reveals;
drop table if exists data_keys;
drop table if exists local_keys;
drop table if exists pipeline_events;
drop table if exists settings;
