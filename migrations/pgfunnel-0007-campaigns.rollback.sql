-- Drops campaigns, the ledger and the outbox.

drop table if exists call_reasons;
drop table if exists deliveries;
drop type if exists delivery_state;
drop table if exists campaign_days;
alter table leads drop constraint if exists leads_campaign_id_fkey;
drop table if exists campaigns;
