-- Drops the indexes of leads.
-- transactional: false

drop index concurrently if exists leads_feed_idx;
drop index concurrently if exists leads_verified_idx;
drop index concurrently if exists leads_queue_idx;
drop index concurrently if exists leads_assigned_broker_id_idx;
drop index concurrently if exists leads_last_reply_idx;
drop index concurrently if exists leads_active_phone_idx;
drop index concurrently if exists leads_replied_lookup_idx;
drop index concurrently if exists leads_feed_hot_idx;
drop index concurrently if exists leads_addr_hash_key;
drop index concurrently if exists leads_county_fips_apn_key;
drop index concurrently if exists leads_mak_key;
