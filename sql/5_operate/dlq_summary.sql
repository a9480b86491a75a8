-- What waits for a decision, gathered so that a hundred lines with one fault are one row.
create or replace view dlq_summary as
select
  q.source,
  q.reason,
  count(*) as waiting,
  min(q.created_at) as oldest_at,
  max(q.created_at) as newest_at,
  max(q.hint) as hint
  from pipeline_dlq as q
 where q.state = 'waiting'
 group by q.source, q.reason;

comment on view dlq_summary is
  'Dead letters that wait, by the step that gave up and its reason: how many, since when, the last one, what'
  ' to do.';

revoke all on dlq_summary from public, pipeline_writer, pipeline_broker, pipeline_reader;
grant select on dlq_summary to pipeline_reader;
