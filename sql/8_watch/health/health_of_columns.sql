-- A table leads that was there before the installation may have mandatory columns that no import fills: then every new
-- lead would fail.
create or replace function health_of_columns()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'leads_columns',
    case when count(*) = 0 then 'ok' else 'fail' end,
    case
      when count(*) = 0 then 'leads takes new rows'
      else 'new leads fail on: ' || string_agg(a.attname, ', ' order by a.attnum)
    end,
    case
      when count(*) > 0 then format(
        'Give it a default or let it be empty: %s',
        string_agg(format('alter table leads alter column %I drop not null;', a.attname), ' ' order by a.attnum)
      )
    end
    from pg_attribute as a
   where a.attrelid = 'leads'::regclass
     and a.attnum > 0
     and not a.attisdropped
     and a.attname <> 'id'
     and a.attnotnull
     and not a.atthasdef
     and a.attidentity = '';
$$;

comment on function health_of_columns() is
  'Check leads_columns: fails if leads has columns that must be filled and have no default.';
