-- Which lead owns each key of a row. Each owner is a probe of a unique index.
create or replace function key_owners(p_row leads_staging)
returns table (strength int, kind text, label text, columns text[], value text, lead_id uuid)
language sql stable set search_path from current
as $$
  select
    k.*,
    case k.kind
      when 'mak' then (select l.id from leads as l where l.mak = p_row.mak)
      when 'fips_apn' then (
        select l.id from leads as l where l.county_fips = p_row.county_fips and l.apn = p_row.apn
      )
      else (select l.id from leads as l where l.addr_hash = p_row.addr_hash)
    end
    from property_keys(p_row.mak, p_row.county_fips, p_row.apn, p_row.addr_hash) as k;
$$;

comment on function key_owners(leads_staging) is
  'The three rows of property_keys, each with the lead that owns this key; null: nobody, or the row has no such key.';
