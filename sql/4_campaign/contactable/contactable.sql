-- Which leads may be contacted, said once: for queue, feed, claim and the materialized view. A lead has consent if its
-- campaign wants it; a verified phone if the campaign wants one, else any verified contact on its channels; none of its
-- verified contacts on those channels is suppressed or marked do-not-call; its state allows it; and it has not booked,
-- as a person may by a link of their own before the lead is fed.
--
-- A lead without a campaign is looked at for each of them.
--
-- To ask for one lead at a time, use a subselect, as in (select true from contactable as c where c.lead_id = …): a join
-- leaves the planner free to work out all leads first. No security barrier: only the owner reads it, and with one even
-- a single lead would be looked for among all.
create or replace view contactable as
select
  l.id as lead_id,
  c.id as campaign_id,
  l.campaign_status,
  l.lead_score,
  l.created_at,
  l.city,
  l.state,
  l.zip
  from leads as l
  join campaigns as c on c.id = l.campaign_id or l.campaign_id is null
 where l.campaign_status in ('new', 'queued', 'active')
   and (l.consent or not c.requires_consent)
   and l.booked_at is null -- a booking of a lead that was not active
   and (l.phone_verified or l.email_verified) -- follows from the next, but this is in the lead's own row
   and case
     when c.requires_phone then l.phone_verified
     else exists (
       select
         from lead_contacts as v
        where v.lead_id = l.id
          and v.channel = any(c.channels)
          and v.verified
     )
   end
   and not exists (
     select
       from lead_contacts as k
       left join suppressions as s on s.channel = k.channel and s.value_hash = k.value_hash
      where k.lead_id = l.id
        and k.channel = any(c.channels)
        and k.verified
        and (k.do_not_call or s.value_hash is not null)
   );

comment on view contactable is
  'Leads that may be contacted, with the campaign that may: new, queued and active ones. Live, never cached.';
