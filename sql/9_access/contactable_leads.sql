-- The contactable leads for brokers and tools: the materialized rows, joined to the live lead. A broker sees his own;
-- whoever is no broker but may write sees all.
--
-- The view reads with its owner's rights, since what is below it is granted to nobody; so it asks itself who reads.
-- The two parts exclude each other, and only one is ever worked on: with one condition for both a broker's few leads
-- would be looked for among all.
create or replace view contactable_leads with (security_barrier) as
select
  v.lead_id,
  v.campaign,
  v.campaign_status,
  v.city,
  v.state,
  v.zip,
  v.lead_score,
  v.assigned_broker_id
  from still_contactable as v
 where (select sees_all_leads())
union all
select
  v.lead_id,
  v.campaign,
  v.campaign_status,
  v.city,
  v.state,
  v.zip,
  v.lead_score,
  v.assigned_broker_id
  from still_contactable as v
 where not (select sees_all_leads())
   and v.assigned_broker_id = (select current_broker_id());

comment on view contactable_leads is
  'Leads that may be contacted: as of the last refresh, and still now. Brokers see theirs. Nothing personal.';

revoke all on contactable_leads from public;
grant select on contactable_leads to pipeline_writer, pipeline_broker;
