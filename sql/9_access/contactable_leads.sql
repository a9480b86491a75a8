-- The contactable leads for brokers and tools: the materialized rows joined to the live lead, so that one that was
-- reassigned, opted out or erased a second ago is gone. A broker sees his own, whoever is no broker but may write
-- sees all.
--
-- The view reads with its owner's rights, since the materialized view is granted to nobody; so it asks itself who
-- reads.
create or replace view contactable_leads with (security_barrier) as
select
  m.lead_id,
  p.name as campaign,
  c.campaign_status,
  m.city,
  m.state,
  m.zip,
  c.lead_score,
  l.assigned_broker_id
  from mv_contactable_leads as m
  join leads as l on l.id = m.lead_id
  join contactable as c on c.lead_id = m.lead_id and c.campaign_id = m.campaign_id
  join campaigns as p on p.id = m.campaign_id
 where (select sees_all_leads())
    or l.assigned_broker_id = (select current_broker_id());

comment on view contactable_leads is
  'Leads that may be contacted: as of the last refresh, and still now. Brokers see theirs. Nothing personal.';

revoke all on contactable_leads from public;
grant select on contactable_leads to pipeline_writer, pipeline_broker;
