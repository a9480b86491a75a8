-- The orders in which leads are queued and fed: best score first, then the oldest.
--
-- Locks: share update exclusive on leads: reads and writes go on.
-- depends: pgfunnel-0009-lead-indexes
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
       and c.relname in ('leads_queue_idx', 'leads_feed_idx')
  loop
    execute format('drop index %s', v_index);
  end loop;
end
$$;

create index concurrently if not exists leads_queue_idx
  on leads (lead_score desc nulls last, created_at, id) where campaign_status = 'new' and consent;

create index concurrently if not exists leads_feed_idx
  on leads (campaign_id, lead_score desc nulls last, created_at, id) where campaign_status = 'queued';
