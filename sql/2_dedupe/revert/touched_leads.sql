-- Which of the leads that an upload made were touched since, and by what: these must stay.
--
-- The catalog is asked, so that a column or a table added later counts at once. A lead is touched if a column that no
-- merge writes doesn't hold its default (columns with a computed default are skipped: any row differs from it), or if a
-- row of any table refers to it. Events of uploads don't count: upload_rows says the same. Joins never loop: the
-- planner may think that an upload without statistics has one row.
create or replace function touched_leads(p_upload_id uuid)
returns table (lead_id uuid, reason text)
language plpgsql stable set search_path from current
set enable_nestloop = off
as $$
declare
  v_columns text;
  v_references text;
begin
  select string_agg(
    format('(%L, l.%I::text is distinct from (%s)::text)', a.attname, a.attname, coalesce(d.expression, 'null')), ', '
  )
    into v_columns
    from pg_attribute as a
    left join (
      select n.adrelid, n.adnum, pg_get_expr(n.adbin, n.adrelid) as expression from pg_attrdef as n
    ) as d on d.adrelid = a.attrelid and d.adnum = a.attnum
   where a.attrelid = 'leads'::regclass
     and a.attnum > 0
     and not a.attisdropped
     and a.attgenerated = ''
     and a.attidentity = ''
     and a.attname <> all(
       array['id', 'pii', 'source', 'created_at', 'updated_at', 'campaign_status_at']
       || array(select jsonb_object_keys(mergeable_columns(null)))
     )
     and coalesce(d.expression, '') !~* e'\\(|^(current|local|session|user)';

  select string_agg(
    format(
      'union all select distinct m.lead_id, %L from made as m join %s as x on x.%I = m.lead_id%s',
      r.name,
      r.name,
      r.attname,
      case when r.name::regclass = 'pipeline_events'::regclass then ' where x.upload_id is null' end
    ),
    ' '
  )
    into v_references
    from (
      select k.conrelid::regclass::text as name, a.attname
        from pg_constraint as k
        join pg_attribute as a on a.attrelid = k.conrelid and array[a.attnum] = k.conkey
       where k.contype = 'f'
         and k.conparentid = 0
         and k.confrelid = 'leads'::regclass
      union
      select a.attrelid::regclass::text, a.attname
        from pg_class as c
        join pg_attribute as a on a.attrelid = c.oid and a.attname = 'lead_id' and not a.attisdropped
       where c.relnamespace = (select l.relnamespace from pg_class as l where l.oid = 'leads'::regclass)
         and c.relkind in ('r', 'p')
         and not c.relispartition
    ) as r
   where r.name <> all(array['lead_contacts', 'upload_rows', 'upload_changes', 'upload_remains']::regclass[]::text[]);

  return query execute format(
    $query$
      with made as materialized (
        select r.lead_id from upload_rows as r where r.upload_id = $1 and r.outcome = 'new'
      )

      select l.id, c.name
        from leads as l
       cross join lateral (values %s) as c (name, differs)
       where l.id = any(array(select m.lead_id from made as m))
         and c.differs
      %s
      union all
      select distinct k.lead_id, 'verification'
        from lead_contacts as k
       where k.lead_id = any(array(select m.lead_id from made as m))
         and (k.verified or k.verification_codes is not null)
      union all
      select m.lead_id, m.reason from met_later($1) as m where m.lead_id in (select o.lead_id from made as o)
    $query$,
    v_columns,
    v_references
  ) using p_upload_id;
end
$$;

comment on function touched_leads(uuid) is
  'One row a lead that the upload made and reason: the column, the table, verification or the later upload that touched'
  ' it.';
