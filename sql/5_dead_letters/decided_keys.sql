-- A staged row with the keys by which it is merged after a person's decision. Into a lead: the keys that the lead has,
-- and those that it lacks and no lead owns. Into a new one: the keys that no lead owns.
create or replace function decided_keys(p_row leads_staging, p_lead_id uuid)
returns leads_staging
language plpgsql stable set search_path from current
as $$
declare
  v_row leads_staging := p_row;
  v_taken text[] := array(select k.kind from key_owners(p_row) as k where k.lead_id is not null);
  v_lead leads;
  v_key text;
begin
  select l.* into v_lead from leads as l where l.id = p_lead_id;

  if v_lead.mak is not null or 'mak' = any(v_taken) then
    v_row.mak := v_lead.mak;
  end if;

  if v_lead.apn is not null or 'fips_apn' = any(v_taken) then
    v_row.apn := case when v_lead.county_fips is not null then v_lead.apn end;
    v_row.county_fips := case when v_row.apn is not null then v_lead.county_fips end;
  end if;

  if v_lead.addr_hash is not null or 'address' = any(v_taken) then
    v_row.addr_hash := v_lead.addr_hash;
  end if;

  -- a lead is met by a key of its own; a new one needs one that is nobody's
  v_key := case
    when p_lead_id is null then coalesce(v_row.mak, v_row.apn, v_row.addr_hash)
    else coalesce(v_lead.mak, v_lead.county_fips || v_lead.apn, v_lead.addr_hash)
  end;

  if v_key is null then
    raise exception using errcode = 'PF108',
      message = concat_ws(': ', 'no key is left by which the row could be merged so', describe_key_owners(p_row)),
      hint = 'Each key of the row is another lead''s: merge it into one of those. A lead to merge into needs a key.';
  end if;

  return v_row;
end
$$;

comment on function decided_keys(leads_staging, uuid) is
  'The row with the keys it is merged by: into the lead, or into a new one if p_lead_id is null. PF108 if the lead, or'
  ' the new one, would have none: it says whose the row''s keys are.';
