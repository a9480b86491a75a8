-- One record as a staged row: its keys, its contacts; or rejected, with the reason.
--
-- A MAK is the building's and no key where the vendor found the building (AS02) and says that the unit is wrong or
-- missing (AE08, AE09). An APN is a key only with its county.
--
-- Every statement is an expression that plpgsql evaluates without a query of its own: this runs once a row.
create or replace function stage_row(p_line_number int, p_raw jsonb, p_fault text, p_contact_columns contact_fields[])
returns leads_staging
language plpgsql stable set search_path from current
as $$
declare
  v_row leads_staging;
  v_raw jsonb := seal_misplaced(p_raw);
  v_state text := v_raw ->> 'property_state';
  v_results text := v_raw ->> 'melissa_results';
  v_contact jsonb;
begin
  v_row.line_number := p_line_number;
  v_row.raw := v_raw;
  v_row.contacts := jsonb '[]';

  if p_fault is not null then
    v_row.outcome := 'rejected';
    v_row.reason := p_fault;
    return v_row;
  end if;

  if (v_results like '%AS02%' and v_results ~ 'AE0[89]') is not true then
    v_row.mak := normalize_mak(v_raw ->> 'mak');
  end if;

  v_row.apn := normalize_apn(v_raw ->> 'apn');

  if v_row.apn is not null then
    v_row.county_fips := coalesce(
      county_fips(v_raw ->> 'county_fips', v_state), county_fips(v_raw ->> 'county', v_state)
    );

    if v_row.county_fips is null then
      v_row.apn := null;
    end if;
  end if;

  v_row.addr_hash := address_hash(
    v_raw ->> 'property_street', v_raw ->> 'property_unit', v_raw ->> 'property_city', v_state,
    v_raw ->> 'property_zip'
  );

  if coalesce(v_row.mak, v_row.apn, v_row.addr_hash) is null then
    v_row.outcome := 'rejected';
    v_row.reason := 'the line has no key: no MAK, no APN with its county, no address with a number and a ZIP or city';
    return v_row;
  end if;

  v_row.contacts := row_contacts(v_raw, p_contact_columns);

  for v_at in reverse jsonb_array_length(v_row.contacts) - 1 .. 0 loop
    v_contact := v_row.contacts -> v_at;
    v_row.raw := v_row.raw - (v_contact ->> 'field');

    if v_contact ->> 'channel' = 'phone' then
      v_row.phone := v_contact ->> 'value';
    else
      v_row.email := v_contact ->> 'value';
    end if;
  end loop;

  return v_row;
end
$$;

comment on function stage_row(int, jsonb, text, contact_fields[]) is
  'A row of leads_staging without its upload: from the record''s line, its fields {name: text}, what is wrong with it'
  ' (null: nothing), and the columns that are contacts, in order.';
