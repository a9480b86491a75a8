-- The materialized contactable leads that still are: joined to the live lead, so that one that was reassigned, opted
-- out or erased a second ago is gone.
create or replace view still_contactable as
select
  m.lead_id,
  p.name as campaign,
  l.campaign_status,
  m.city,
  m.state,
  m.zip,
  m.lead_score,
  l.assigned_broker_id
  from mv_contactable_leads as m
  join leads as l on l.id = m.lead_id
  join campaigns as p on p.id = m.campaign_id
 where (select true from contactable as c where c.lead_id = m.lead_id and c.campaign_id = m.campaign_id);

comment on view still_contactable is
  'A row of mv_contactable_leads whose lead is contactable now. Granted to nobody: read contactable_leads.';
