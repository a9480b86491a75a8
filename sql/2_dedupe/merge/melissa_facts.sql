-- What a row says of its verification that is not personal: the result codes, and a MAK that is the whole building's
-- and therefore no key of the lead (stage_row says when).
create or replace function melissa_facts(p_fields jsonb, p_mak text)
returns jsonb
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_results text := p_fields ->> 'melissa_results';
begin
  if v_results !~ '^[A-Z]{2}[0-9]{2}(,[A-Z]{2}[0-9]{2})*$' then
    v_results := (
      select string_agg(r.code, ',' order by r.n)
        from unnest(string_to_array(v_results, ',')) with ordinality as r (code, n)
       where r.code ~ '^[A-Z]{2}[0-9]{2}$'
    );
  end if;

  return nullif(
    jsonb_strip_nulls(jsonb_build_object(
      'results', v_results,
      'building_mak', case when p_mak is null then normalize_mak(p_fields ->> 'mak') end
    )),
    '{}'
  );
end
$$;

comment on function melissa_facts(jsonb, text) is
  'For leads.melissa_payload: {"results": codes, "building_mak": a MAK that is no key}; null if the row has neither.';
