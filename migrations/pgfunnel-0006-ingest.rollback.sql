-- Drops what arrives.

drop table if exists contact_fields;
drop table if exists header_aliases;
drop table if exists pipeline_dlq;
drop type if exists dead_letter_state;
drop table if exists ingest_replay_guard;
drop table if exists upload_pieces;
drop table if exists upload_copies;
drop table if exists leads_staging;
drop table if exists upload_remains;
drop table if exists upload_changes;
drop table if exists upload_rows;
drop table if exists uploads;
drop type if exists row_outcome;
drop type if exists upload_status;
drop table if exists webhook_secrets;
drop table if exists webhook_sources;
drop table if exists webhook_schemes;
