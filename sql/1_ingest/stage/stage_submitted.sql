-- What a broker submits, as a staged row. It comes from outside: what is wrong with it is its reason, nothing is
-- raised. The score and the vendors' keys are not the broker's to give.
create or replace function stage_submitted(p_lead jsonb)
returns leads_staging
language plpgsql
stable
set search_path from current
as $$
declare
  v_row jsonb := jsonb '{}';
  v_values text[] := array[]::text[];
  v_unknown text;
  v_fault text;
begin
  if jsonb_typeof(p_lead) is distinct from 'object' then
    v_fault := 'a lead is a JSON object of fields';
  else
    select coalesce(jsonb_object_agg(f.key, f.value) filter (where f.value <> ''), '{}'),
           coalesce(array_agg(f.value), '{}'),
           string_agg(mask_contacts(left(f.key, 50)), ', ' order by f.key) filter (where not f.is_known)
      into v_row, v_values, v_unknown
      from (
        select
          e.key,
          trim(E' \t\r\n\u00a0' from e.value #>> '{}') as value,
          jsonb_typeof(e.value) not in ('object', 'array')
          and e.key !~ '^(mak|base_mak|mik|apn|county_fips|county|lead_score|melissa_results)$'
          and (
            exists (select from header_aliases as a where a.field = e.key)
            or exists (select from contact_fields as c where e.key in (c.field, c.type_field, c.dnc_field))
          ) as is_known
          from jsonb_each(p_lead) as e
         where jsonb_typeof(e.value) <> 'null'
      ) as f;

    v_fault := coalesce(
      'a broker''s lead has no such field, or not with such a value: ' || left(v_unknown, 200),
      row_fault(v_values, cardinality(v_values), setting('max_field_bytes')::int)
    );
  end if;

  return stage_row(
    1, v_row, v_fault, array(select c from contact_fields as c where v_row ? c.field order by c.channel, c.rank)
  );
end
$$;

comment on function stage_submitted(jsonb) is
  'A row of leads_staging without its upload, on line 1; rejected for an unknown field, a key or score, or no address.';
