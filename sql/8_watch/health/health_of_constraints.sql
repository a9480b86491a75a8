-- A check that older rows break holds for new and changed rows only. Counting them reads leads once, and only
-- while one is not validated.
create or replace function health_of_constraints()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  with loose as materialized (
    select k.conname
      from pg_constraint as k
     where k.connamespace = quote_ident(current_schema())::regnamespace
       and k.conrelid = 'leads'::regclass
       and not k.convalidated
  ),

  broken as (
    select
      count(*) filter (where l.consent and l.consented_at is null) as without_time,
      count(*) filter (where l.lead_score not between 0 and 100) as out_of_range
      from leads as l
     where exists (select from loose)
  ),

  told as (
    select
      o.conname,
      case o.conname
        when 'consent_requires_timestamp' then b.without_time
        when 'lead_score_range' then b.out_of_range
      end as rows
      from loose as o
     cross join broken as b
  )

  select
    'constraints',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'all checks of leads hold for all rows'
      else string_agg(
        concat_ws(': ', t.conname, counted(t.rows, 'row breaks it', 'rows break it')), '; ' order by t.conname
      )
    end,
    case
      when count(*) > 0 then format(
        'Correct these rows, then: %s',
        string_agg(format('alter table leads validate constraint %I;', t.conname), ' ' order by t.conname)
      )
    end
    from told as t;
$$;

comment on function health_of_constraints() is
  'Check constraints: warns of those of leads that are not validated, with how many rows break each.';
