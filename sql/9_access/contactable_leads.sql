-- The contactable leads for brokers and tools: the materialized rows, joined to the live lead. A broker sees their own
-- leads, a service all.
--
-- The view reads with its owner's rights, since what is below it is granted to nobody; so it checks the reader itself.
-- Its two parts exclude each other and only one ever runs: with one condition for both, a broker's few leads would be
-- searched for among all.
--
-- Each is ordered as pages are, best score first, and so is the whole: the page of a service is then read along the
-- index, that of a broker from their sorted leads, and either checks no more leads than it shows for being still
-- contactable. The broker's part repeats still_contactable, so that its leads are sorted before they are checked.
create or replace view contactable_leads with (security_barrier) as
(
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
   order by v.lead_score desc nulls last, v.lead_id asc
)
union all
(
  select
    v.lead_id,
    v.campaign,
    v.campaign_status,
    v.city,
    v.state,
    v.zip,
    v.lead_score,
    v.assigned_broker_id
    from (
      select
        m.lead_id,
        m.campaign_id,
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
       where not (select sees_all_leads())
         and l.assigned_broker_id = (select current_broker_id())
       order by m.lead_score desc nulls last, m.lead_id asc
    ) as v
   where (select true from contactable as c where c.lead_id = v.lead_id and c.campaign_id = v.campaign_id)
   order by v.lead_score desc nulls last, v.lead_id asc
)
 order by lead_score desc nulls last, lead_id asc;

comment on view contactable_leads is
  'Leads that may be contacted: as of the last refresh, and still now. Brokers see theirs. Nothing personal.';

grant select on contactable_leads to pipeline_writer, pipeline_broker;
