-- The contactable leads as of the last refresh, for lists and counts that must be quick; without anything personal.
--
-- never_equal is always null: a concurrent refresh looks for doubles among rows without a null by joining the view to
-- itself on whole rows, and spends most of its time on it. With a null in every row it has nothing to look for; the
-- unique index still refuses a double.
create materialized view if not exists mv_contactable_leads as
select
  c.lead_id,
  c.campaign_id,
  c.city,
  c.state,
  c.zip,
  c.lead_score,
  null::int as never_equal
  from contactable as c;

comment on materialized view mv_contactable_leads is
  'contactable as of the last refresh_contactable_leads. Granted to nobody: read contactable_leads.';

create unique index if not exists mv_contactable_leads_key on mv_contactable_leads (lead_id, campaign_id);
-- for a page, best score first
create index if not exists mv_contactable_leads_score_idx
  on mv_contactable_leads (lead_score desc nulls last, lead_id);
