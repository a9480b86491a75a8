-- Drops the orders of queue and feed.
-- transactional: false

drop index concurrently if exists leads_feed_idx;
drop index concurrently if exists leads_queue_idx;
