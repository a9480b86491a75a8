-- A broker's own leads. The view reads and updates with the broker's rights, so that row security and the grants on the
-- columns of leads hold here too; a new lead goes through submit_lead, never straight into leads.
--
-- The condition is that of the policy, for readers who may see more than a broker's leads. It needs no security
-- barrier, since the policy is one.
create or replace view my_leads with (security_invoker) as
select
  l.id,
  l.street,
  l.unit,
  l.city,
  l.state,
  l.zip,
  l.email_verified,
  l.phone_verified,
  l.campaign_status,
  l.campaign_status_at,
  l.last_reply_at,
  l.booked_at,
  l.consent,
  l.consented_at,
  l.consent_method,
  l.assigned_broker_id,
  l.lead_score,
  l.status,
  l.created_at,
  l.updated_at
  from leads as l
 where l.assigned_broker_id = (select current_broker_id());

comment on view my_leads is
  'The leads assigned to the broker who asks. Insert street, unit, city, state and zip for a new one: as submit_lead;'
  ' update status. Nothing personal: reveal_lead opens that.';

grant select on my_leads to pipeline_broker;
grant insert (street, unit, city, state, zip, assigned_broker_id) on my_leads to pipeline_broker;
grant update (status) on my_leads to pipeline_broker;
