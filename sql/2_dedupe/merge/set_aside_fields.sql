-- A row's fields, with those that their column cannot hold kept under "other.": a MAK or APN that is no key, a score
-- out of range. They are then sealed like any unknown column, since a vendor's columns may be shifted and hold personal
-- data, and they don't hide the usable value of another row. Result codes of which some are none are kept twice: the
-- text under "other.", and the field itself, from which melissa_facts takes the codes.
create or replace function set_aside_fields(p_fields jsonb, p_mak text, p_apn text)
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  with unusable as (
    select f.key, f.value
      from jsonb_each_text(p_fields) as f
     where case f.key
       when 'mak' then p_mak is null and normalize_mak(f.value) is null
       when 'apn' then p_apn is null
       when 'county_fips' then p_apn is null
       when 'lead_score' then score_of(f.value) is null
       when 'melissa_results' then f.value !~ '^[A-Z]{2}[0-9]{2}(,[A-Z]{2}[0-9]{2})*$'
       else false
     end
  )

  select p_fields
    - coalesce(array_agg(u.key) filter (where u.key <> 'melissa_results'), '{}')
    || coalesce(jsonb_object_agg('other.' || u.key, u.value) filter (where u.key is not null), '{}')
    from unusable as u;
$$;

comment on function set_aside_fields(jsonb, text, text) is
  'The fields {name: text} of a row whose MAK and APN, as keys, are these (null: none), unusable ones as "other.NAME".';
