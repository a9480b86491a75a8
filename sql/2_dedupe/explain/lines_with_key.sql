-- The lines of an upload that carry a key, and whether each has a stronger one beside it: such a line claims the key
-- for the owner of its strongest.
create or replace function lines_with_key(p_upload_id uuid, p_kind text, p_value text)
returns table (line_number int, lead_id uuid, outcome row_outcome, has_stronger boolean)
language sql
stable
set search_path from current
as $$
  select
    r.line_number,
    r.lead_id,
    r.outcome,
    case p_kind when 'mak' then false when 'fips_apn' then r.mak is not null else coalesce(r.mak, r.apn) is not null end
    from upload_rows as r
   where r.upload_id = p_upload_id
     and case p_kind
       when 'mak' then r.mak = p_value
       when 'fips_apn' then r.county_fips || '/' || r.apn = p_value
       else r.addr_hash = p_value
     end;
$$;

comment on function lines_with_key(uuid, text, text) is
  'One row a line with this key (mak, fips_apn or address): its lead, its outcome, whether it has a stronger key too.';
