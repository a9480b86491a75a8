-- An index whose concurrent build was broken off is not used, and if unique does not guard.
create or replace function health_of_indexes()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'indexes',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'all indexes are valid'
      else 'invalid: ' || string_agg(c.relname, ', ' order by c.relname)
    end,
    case
      when count(*) > 0 then format(
        'Unless one is being built right now: %s',
        string_agg(format('reindex index concurrently %s;', c.oid::regclass), ' ' order by c.relname)
      )
    end
    from pg_index as i
    join pg_class as c on c.oid = i.indexrelid
   where c.relnamespace = quote_ident(current_schema())::regnamespace
     and not i.indisvalid;
$$;

comment on function health_of_indexes() is 'Check indexes: warns of invalid ones in this schema.';
