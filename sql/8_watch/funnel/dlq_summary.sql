-- What waits for a decision, grouped so that a hundred lines with one fault are one row. A claimed letter is counted
-- apart while its lease runs, and waits again afterwards.
create or replace view dlq_summary as
select
  q.source,
  q.reason,
  count(*) filter (where not q.is_claimed) as waiting,
  min(q.created_at) as oldest_at,
  max(q.created_at) as newest_at,
  max(q.hint) as hint,
  count(*) filter (where q.is_claimed) as claimed,
  count(*) filter (where not q.is_claimed and q.attempts >= q.max_attempts) as exhausted
  from (
    select
      o.*,
      o.state = 'claimed' and coalesce(o.lease_until > clock_timestamp(), false) as is_claimed,
      (select s.value::int from settings as s where s.key = 'max_dlq_attempts') as max_attempts
      from pipeline_dlq as o
     where o.state in ('waiting', 'claimed')
  ) as q
 group by q.source, q.reason;

comment on view dlq_summary is
  'Dead letters that are neither redriven nor discarded, by the step that gave up and its reason: how many wait, since'
  ' when, the last one, what to do; how many are claimed, how many of those that wait were claimed too often.';

grant select on dlq_summary to pipeline_reader;
