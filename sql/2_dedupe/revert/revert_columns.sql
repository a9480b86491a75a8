-- Takes an upload out of the clear columns of the leads it met. What was changed again stays and is listed; the later
-- upload's before-image then gets the value from before both, so that the two can be reverted in any order.
create or replace function revert_columns(p_upload_id uuid, p_now timestamptz)
returns uuid[]
language sql volatile set search_path from current
set enable_nestloop = off
as $$
  with judged as materialized (
    select j.* from judged_columns(p_upload_id) as j
  ),

  goes_back as materialized (
    select j.lead_id, jsonb_object_agg(j.column_name, j.before) as columns
      from judged as j
     where j.reason is null
     group by j.lead_id
  ),

  passed_on as (
    select j.lead_id, j.changed_again_by, jsonb_object_agg(j.column_name, j.before) as columns
      from judged as j
      join upload_changes as c on c.upload_id = j.changed_again_by and c.lead_id = j.lead_id
     where c.before -> j.column_name = j.after
     group by j.lead_id, j.changed_again_by
  ),

  rebased as (
    update upload_changes as c
       set before = c.before || p.columns
      from passed_on as p
     where c.upload_id = p.changed_again_by
       and c.lead_id = p.lead_id
  ),

  listed as (
    insert into upload_remains (upload_id, lead_id, what, reason)
    select p_upload_id, j.lead_id, j.column_name, j.reason
      from judged as j
     where j.reason is not null
  ),

  restored as (
    update leads as l
       set (mak, county_fips, apn, addr_hash, street, unit, city, state, zip, lead_score, melissa_payload, updated_at) = (
         select
           r.mak, r.county_fips, r.apn, r.addr_hash, r.street, r.unit, r.city, r.state, r.zip, r.lead_score,
           r.melissa_payload, p_now
           from jsonb_populate_record(l, b.columns) as r
       )
      from goes_back as b
     where l.id = b.lead_id
       and l.id = any(array(select o.lead_id from goes_back as o))
    returning l.id
  )

  select array(select r.id from restored as r);
$$;

comment on function revert_columns(uuid, timestamptz) is
  'Returns the leads in which a column went back; lists in upload_remains the columns that stay.';
