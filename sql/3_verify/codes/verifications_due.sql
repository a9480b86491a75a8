-- What to ask the provider again: contacts whose last answer found nothing out, when their wait is over. The service
-- passes the answer to record_verification, which takes them off the list.
create or replace view verifications_due as
select c.lead_id, c.channel, c.position, c.verification_provider, c.verify_tries, c.verify_after
  from lead_contacts as c
 where c.verify_tries is not null
   and c.verify_after <= clock_timestamp();

comment on view verifications_due is
  'Contacts to be verified again, since the last answer found nothing out. Order by verify_after: the longest due'
  ' first. Those never asked about: lead_contacts where verification_provider is null and verify_tries is null.';

grant select on verifications_due to pipeline_writer;
