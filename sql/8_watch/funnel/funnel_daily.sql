-- The funnel by local day, out of the events of the last 60 days: the block range index on the time leaves the others
-- unread. A lead counts once a day at each stage, however often it was tried. What an upload brought counts while it is
-- not reverted; a line that was redriven came with its file, where it counts as received: its redrive counts for the
-- lead it made alone.
create or replace view funnel_daily as
with marked as (
  select
    (e.occurred_at at time zone z.timezone)::date as day,
    case e.stage
      when 'verified' then case when e.detail @> '{"verified": true}' then 'verified' end
      when 'consent' then case when e.detail @> '{"action": "granted"}' then 'consented' end
      when 'queued' then case when e.detail @> '{"from": "new"}' then 'queued' end
      when 'api' then case when e.detail @> '{"outcome": "delivered"}' then 'delivered' end
      when 'suppression' then case when e.detail @> '{"action": "added"}' then 'opted_out' end
      else e.stage
    end as stage,
    e.lead_id,
    case when u.redrive_of is null then e.rows end as rows,
    u.redrive_of is not null as is_redrive,
    case when jsonb_typeof(e.detail -> 'new') = 'number' then (e.detail ->> 'new')::numeric end as rows_new
    from pipeline_events as e
   cross join funnel_zone as z
    left join uploads as u on u.id = e.upload_id and e.stage = 'dedupe'
   where e.occurred_at >= (
       select (date_trunc('day', clock_timestamp() at time zone f.timezone) - interval '59 days')
         at time zone f.timezone
         from funnel_zone as f
     )
     and u.status is distinct from 'reverted'
     and e.stage in (
       'dedupe', 'refused', 'verified', 'consent', 'queued', 'fed', 'api', 'replied', 'booked', 'suppression'
     )
),

reached as (
  select
    m.day,
    m.stage,
    m.lead_id,
    count(*) filter (where not m.is_redrive) as events,
    sum(m.rows) as rows,
    sum(m.rows_new) as rows_new
    from marked as m
   where m.stage is not null
   group by m.day, m.stage, m.lead_id
)

select
  r.day,
  coalesce(sum(r.events) filter (where r.stage = 'dedupe'), 0)::bigint as uploads,
  coalesce(sum(r.events) filter (where r.stage = 'refused'), 0)::bigint as uploads_refused,
  coalesce(sum(r.rows) filter (where r.stage = 'dedupe'), 0)::bigint as rows_received,
  coalesce(sum(r.rows_new) filter (where r.stage = 'dedupe'), 0)::bigint as leads_new,
  count(r.lead_id) filter (where r.stage = 'verified') as verified,
  count(r.lead_id) filter (where r.stage = 'consented') as consented,
  count(r.lead_id) filter (where r.stage = 'queued') as queued,
  count(r.lead_id) filter (where r.stage = 'fed') as fed,
  count(r.lead_id) filter (where r.stage = 'delivered') as delivered,
  count(r.lead_id) filter (where r.stage = 'replied') as replied,
  count(r.lead_id) filter (where r.stage = 'booked') as booked,
  count(r.lead_id) filter (where r.stage = 'opted_out') as opted_out
  from reached as r
 group by r.day;

comment on view funnel_daily is
  'A row a local day, in the zone of the campaign default, of the last 60 that have events: files merged and'
  ' refused, rows received, and how many leads reached each stage that day. Uploads that were reverted count no more.'
  ' A line that was redriven is no file and is not received again; the lead it made counts on the day of the redrive.';

grant select on funnel_daily to pipeline_reader;
