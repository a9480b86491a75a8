-- The calls to make every few minutes, each in a transaction of its own.
create or replace function job_calls()
returns table (name text, command text)
language sql stable set search_path from current
as $$
  select
    format('%s of %s', p.name, current_schema()),
    format('call %I.%I()', current_schema(), p.name)
    from unnest(array['feed_campaigns', 'run_due_jobs']) with ordinality as p (name, position)
   order by p.position;
$$;

comment on function job_calls() is 'A name and the statement, for pg_cron, cron and n8n; in the order to call them.';
