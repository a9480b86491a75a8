-- One record as a staged row: its fields by name, its keys, its contacts; or rejected, with the reason.
--
-- A MAK is the building's and no key where the vendor found the building (AS02) and says that the unit is wrong or
-- missing (AE08, AE09). An APN is a key only with its county.
create or replace function stage_row(
  p_line_number int, p_values text[], p_fields text[], p_contact_columns contact_fields[], p_max_field_bytes int
)
returns leads_staging
language plpgsql
stable
set search_path from current
as $$
declare
  v_row leads_staging;
  v_raw jsonb;
begin
  v_row.line_number := p_line_number;
  v_row.contacts := '[]';

  if cardinality(p_values) <> cardinality(p_fields) then
    v_row.raw := jsonb_build_object('other.values', p_values);
    v_row.outcome := 'rejected';
    v_row.reason := format('the line has %s fields, the header %s', cardinality(p_values), cardinality(p_fields));
    return v_row;
  end if;

  v_raw := jsonb_strip_nulls(jsonb_object(
    p_fields, array(select nullif(trim(E' \t\r\n\u00a0' from u.value), '') from unnest(p_values) as u (value))
  ));
  v_row.raw := v_raw;

  if exists (select from unnest(p_values) as u (value) where octet_length(u.value) > p_max_field_bytes) then
    v_row.outcome := 'rejected';
    v_row.reason := format('a field has more than %s bytes', p_max_field_bytes);
    return v_row;
  end if;

  if (v_raw ->> 'melissa_results' ~ 'AS02' and v_raw ->> 'melissa_results' ~ 'AE0[89]') is not true then
    v_row.mak := normalize_mak(v_raw ->> 'mak');
  end if;

  v_row.apn := normalize_apn(v_raw ->> 'apn');
  if v_row.apn is not null then
    v_row.county_fips := coalesce(
      county_fips(v_raw ->> 'county_fips', v_raw ->> 'property_state'),
      county_fips(v_raw ->> 'county', v_raw ->> 'property_state')
    );
  end if;
  if v_row.county_fips is null then
    v_row.apn := null;
  end if;

  v_row.addr_hash := address_hash(
    v_raw ->> 'property_street', v_raw ->> 'property_unit', v_raw ->> 'property_city', v_raw ->> 'property_state',
    v_raw ->> 'property_zip'
  );

  if coalesce(v_row.mak, v_row.apn, v_row.addr_hash) is null then
    v_row.outcome := 'rejected';
    v_row.reason := 'the line has no key: no MAK, no APN with its county, no address with a number and a ZIP or city';
    return v_row;
  end if;

  v_row.contacts := row_contacts(v_raw, p_contact_columns);
  v_row.raw := v_raw - array(select c.item ->> 'field' from jsonb_array_elements(v_row.contacts) as c (item));
  v_row.phone := jsonb_path_query_first(v_row.contacts, '$[*] ? (@.channel == "phone").value') #>> '{}';
  v_row.email := jsonb_path_query_first(v_row.contacts, '$[*] ? (@.channel == "email").value') #>> '{}';
  return v_row;
end
$$;

comment on function stage_row(int, text[], text[], contact_fields[], int) is
  'A row of leads_staging without its upload: from the record''s line, its values, the field each is of, the'
  ' columns that are contacts, and the most bytes a field may have.';

revoke all on function stage_row(int, text[], text[], contact_fields[], int) from public;
