-- Whose the keys of a row are, for the person that has to decide.
create or replace function describe_key_owners(p_row leads_staging)
returns text
language sql stable set search_path from current
as $$
  select string_agg(
    format('its %s is %s', k.label, coalesce('lead ' || k.lead_id || '''s', 'nobody''s yet')), ', ' order by k.strength
  )
    from key_owners(p_row) as k
   where k.value is not null;
$$;

comment on function describe_key_owners(leads_staging) is
  'its MAK is lead …''s, its address is nobody''s yet: each key that the row has, strongest first; null if it has'
  ' none.';
