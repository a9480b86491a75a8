-- One round of the merge: finds an owner for every key nobody owns, and records in upload_rows which lead each row
-- goes to. Rows whose keys have different owners are left in staging.
--
-- For each kind, strongest first, a value nobody owns belongs to: the owner of the strongest key of the lowest line
-- that has it beside a stronger key; else the lead that would gain it (at most one of a kind, the lowest line
-- first); else a lead still to be made. Each step adds a column to the rows; joins never loop, so it stays linear
-- without statistics.
create or replace function place_rows(p_upload_id uuid)
returns void
language sql volatile set search_path from current
set enable_nestloop = off
as $$
  with keys as materialized (
    select k.*, k.county_fips || '/' || k.apn as parcel from staged_keys(p_upload_id) as k
  ),

  mak_gained as (
    select distinct on (w.lead_id) w.lead_id, w.mak
      from (
        select distinct on (k.mak) k.mak, k.mak_candidate as lead_id, k.line_number
          from keys as k
         where k.mak_candidate is not null
         order by k.mak, k.line_number
      ) as w
     order by w.lead_id, w.line_number
  ),

  mak_owners as materialized (
    select v.mak, coalesce(g.lead_id, time_ordered_uuid()) as lead_id
      from (select distinct k.mak from keys as k where k.mak is not null and k.mak_lead is null) as v
      left join mak_gained as g on g.mak = v.mak
  ),

  with_mak as materialized (
    select k.*, coalesce(k.mak_lead, o.lead_id) as mak_owner
      from keys as k
      left join mak_owners as o on o.mak = k.mak
  ),

  parcel_claimed as (
    select distinct on (k.parcel) k.parcel, k.mak_owner as lead_id
      from with_mak as k
     where k.parcel is not null
       and k.apn_lead is null
       and k.mak is not null
     order by k.parcel, k.line_number
  ),

  parcel_gained as (
    select distinct on (w.lead_id) w.lead_id, w.parcel
      from (
        select distinct on (k.parcel) k.parcel, k.apn_candidate as lead_id, k.line_number
          from with_mak as k
          left join parcel_claimed as c on c.parcel = k.parcel
         where k.apn_candidate is not null
           and c.parcel is null
         order by k.parcel, k.line_number
      ) as w
     order by w.lead_id, w.line_number
  ),

  parcel_owners as materialized (
    select v.parcel, coalesce(c.lead_id, g.lead_id, time_ordered_uuid()) as lead_id
      from (select distinct k.parcel from with_mak as k where k.parcel is not null and k.apn_lead is null) as v
      left join parcel_claimed as c on c.parcel = v.parcel
      left join parcel_gained as g on g.parcel = v.parcel
  ),

  with_parcel as materialized (
    select k.*, coalesce(k.apn_lead, o.lead_id) as parcel_owner
      from with_mak as k
      left join parcel_owners as o on o.parcel = k.parcel
  ),

  addr_claimed as (
    select distinct on (k.addr_hash) k.addr_hash, coalesce(k.mak_owner, k.parcel_owner) as lead_id
      from with_parcel as k
     where k.addr_hash is not null
       and k.addr_lead is null
       and coalesce(k.mak_owner, k.parcel_owner) is not null
     order by k.addr_hash, k.line_number
  ),

  addr_owners as materialized (
    select v.addr_hash, coalesce(c.lead_id, time_ordered_uuid()) as lead_id
      from (select distinct k.addr_hash from with_parcel as k where k.addr_hash is not null and k.addr_lead is null) as v
      left join addr_claimed as c on c.addr_hash = v.addr_hash
  ),

  owned as (
    select k.*, coalesce(k.addr_lead, o.lead_id) as addr_owner
      from with_parcel as k
      left join addr_owners as o on o.addr_hash = k.addr_hash
  ),

  placed as (
    select
      k.*,
      coalesce(k.mak_owner, k.parcel_owner, k.addr_owner) as lead_id,
      row_number() over (partition by coalesce(k.mak_owner, k.parcel_owner, k.addr_owner) order by k.line_number) as turn
      from owned as k
     where (k.parcel_owner = k.mak_owner) is not false
       and (k.addr_owner = coalesce(k.mak_owner, k.parcel_owner)) is not false
  )

  insert into upload_rows (upload_id, line_number, outcome, lead_id, mak, county_fips, apn, addr_hash)
  select
    p_upload_id,
    p.line_number,
    (
      case
        when p.turn > 1 or m.lead_id is not null then 'duplicate'
        when (select l.id from leads as l where l.id = p.lead_id) is null then 'new' -- a probe; exists() may read all leads
        else 'merged'
      end
    )::row_outcome,
    p.lead_id,
    p.mak,
    p.county_fips,
    p.apn,
    p.addr_hash
    from placed as p
    left join (
      select distinct r.lead_id from upload_rows as r where r.upload_id = p_upload_id
    ) as m on m.lead_id = p.lead_id;
$$;

comment on function place_rows(uuid) is
  'One round: records in upload_rows which lead each staged row goes to, where its keys agree.';
