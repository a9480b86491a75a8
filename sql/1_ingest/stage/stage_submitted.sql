-- What a broker submits, as a staged row. It comes from outside, so nothing is raised: what is wrong with it is the
-- row's reason. A broker gives neither the score nor a vendor's keys.
create or replace function stage_submitted(p_lead jsonb)
returns leads_staging
language plpgsql stable set search_path from current
as $$
declare
  v_unknown text;
begin
  if jsonb_typeof(p_lead) is distinct from 'object' then
    return stage_fields(1, '{}', 'a lead is a JSON object of fields');
  end if;

  select string_agg(mask_contacts(left(e.key, 50)), ', ' order by e.key)
    into v_unknown
    from jsonb_each(p_lead) as e
   where jsonb_typeof(e.value) <> 'null'
     and (
       jsonb_typeof(e.value) in ('object', 'array')
       or e.key ~ '^(mak|base_mak|mik|apn|county_fips|county|lead_score|melissa_results)$'
       or not is_field(e.key)
     );

  return stage_fields(
    1, p_lead, 'a broker''s lead has no such field, or not with such a value: ' || left(v_unknown, 200)
  );
end
$$;

comment on function stage_submitted(jsonb) is
  'A row of leads_staging without its upload, on line 1; rejected for an unknown field, a key or score, or no address.';
