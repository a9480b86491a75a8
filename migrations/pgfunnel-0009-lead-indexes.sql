-- The keys that no two leads share, and the indexes of feed and lookups. Concurrently: leads may be large and in use.
--
-- Locks: share update exclusive on leads: reads and writes go on. An index that an earlier, broken run left invalid
-- is dropped first.
-- depends: pgfunnel-0007-campaigns
-- transactional: false
-- squawk-ignore-file ban-concurrent-index-creation-in-transaction

do $$
declare
  v_index regclass;
begin
  for v_index in
    select c.oid::regclass
      from pg_index as i
      join pg_class as c on c.oid = i.indexrelid
     where i.indrelid = 'leads'::regclass
       and not i.indisvalid
       and c.relname in (
         'leads_mak_key', 'leads_county_fips_apn_key', 'leads_addr_hash_key', 'leads_feed_hot_idx',
         'leads_replied_lookup_idx', 'leads_active_phone_idx', 'leads_last_reply_idx', 'leads_assigned_broker_id_idx',
         'leads_queue_idx', 'leads_verified_idx', 'leads_feed_idx'
       )
  loop
    execute format('drop index %s', v_index);
  end loop;
end
$$;

create unique index concurrently if not exists leads_mak_key
  on leads (mak) where mak is not null;

create unique index concurrently if not exists leads_county_fips_apn_key
  on leads (county_fips, apn) where county_fips is not null and apn is not null;

create unique index concurrently if not exists leads_addr_hash_key
  on leads (addr_hash) where addr_hash is not null;

create index concurrently if not exists leads_feed_hot_idx
  on leads (added_to_campaign_at, lead_score desc)
  where campaign_status in ('queued', 'active') and phone_verified is true;

create index concurrently if not exists leads_replied_lookup_idx
  on leads (last_reply_at desc) where campaign_status = 'replied';

create index concurrently if not exists leads_active_phone_idx
  on leads (campaign_status, added_to_campaign_at, phone_verified, lead_score desc);

create index concurrently if not exists leads_last_reply_idx
  on leads (campaign_status, last_reply_at, phone_verified, vapi_call_id, lead_score desc);

create index concurrently if not exists leads_assigned_broker_id_idx
  on leads (assigned_broker_id) where assigned_broker_id is not null;

-- the orders in which leads are queued and fed: best score first, then the oldest; queued by a campaign that requires
-- consent, or by one that doesn't. No import enters either of the first two, since it neither consents nor verifies.
create index concurrently if not exists leads_queue_idx
  on leads (lead_score desc nulls last, created_at, id) where campaign_status = 'new' and consent;

create index concurrently if not exists leads_verified_idx
  on leads (lead_score desc nulls last, created_at, id)
  where campaign_status = 'new' and (phone_verified or email_verified);

create index concurrently if not exists leads_feed_idx
  on leads (campaign_id, lead_score desc nulls last, created_at, id) where campaign_status = 'queued';
