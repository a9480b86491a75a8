-- Services read all but what is sealed, and change what no function does for them; never keys, contacts, consent,
-- verification or the times the cap is counted by. A broker reads and works on the leads assigned to him.
revoke all on leads from pipeline_writer, pipeline_broker, pipeline_reader;

grant select (
  id, mak, county_fips, apn, addr_hash, street, unit, city, state, zip, email_verified, phone_verified,
  email_verification_codes, phone_verification_codes, campaign_status, campaign_status_at, campaign_id,
  added_to_campaign_at, current_sequence_step, last_reply_at, vapi_call_id, call_attempt_count, booked_at,
  melissa_payload, consent, consented_at, consent_method, assigned_broker_id, lead_score, status, source,
  created_at, updated_at
) on leads to pipeline_writer;
grant update (campaign_status, campaign_id, assigned_broker_id, lead_score, status) on leads to pipeline_writer;

grant select (
  id, street, unit, city, state, zip, email_verified, phone_verified, campaign_status, campaign_status_at,
  last_reply_at, booked_at, consent, consented_at, consent_method, assigned_broker_id, lead_score, status,
  created_at, updated_at
) on leads to pipeline_broker;
grant update (status) on leads to pipeline_broker;

drop policy if exists pipeline_writer on leads;
create policy pipeline_writer on leads to pipeline_writer using (true) with check (true);

-- the subselect runs once a statement, not once a row
drop policy if exists pipeline_broker_select on leads;
create policy pipeline_broker_select on leads for select to pipeline_broker
using (assigned_broker_id = (select current_broker_id()));

drop policy if exists pipeline_broker_update on leads;
create policy pipeline_broker_update on leads for update to pipeline_broker
using (assigned_broker_id = (select current_broker_id()))
with check (assigned_broker_id = (select current_broker_id()));
