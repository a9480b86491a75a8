-- The staged rows that are still to be placed, each with the leads that own its keys, and the lead that would gain one
-- of its keys: a weaker key names a lead that has none of that kind, and nothing between contradicts the row.
--
-- As key_owners, for a whole set. Leads are looked up by scalar subqueries: each is a probe of a unique index, whatever
-- the statistics say; in the order of the largest index, so that each of its pages is read once. Staged rows and
-- upload_rows are never compared each with each, whatever the planner thinks of an upload it has no statistics of.
create or replace function staged_keys(p_upload_id uuid)
returns table (
  line_number int,
  mak text,
  county_fips text,
  apn text,
  addr_hash text,
  mak_lead uuid,
  apn_lead uuid,
  addr_lead uuid,
  mak_candidate uuid,
  apn_candidate uuid
)
language sql stable set search_path from current
set enable_nestloop = off
as $$
  with met as materialized (
    select
      s.line_number,
      s.mak,
      s.county_fips,
      s.apn,
      s.addr_hash,
      (select l.id from leads as l where l.mak = s.mak) as mak_lead,
      (select l.id from leads as l where l.county_fips = s.county_fips and l.apn = s.apn) as apn_lead,
      (select l.id from leads as l where l.addr_hash = s.addr_hash) as addr_lead
      from (
        select q.line_number, q.mak, q.county_fips, q.apn, q.addr_hash
          from leads_staging as q
         where q.upload_id = p_upload_id
           and q.outcome is null
           and not exists (
             select
               from upload_rows as r
              where r.upload_id = p_upload_id
                and r.line_number = q.line_number
           )
         order by q.addr_hash
      ) as s
  )

  select
    m.*,
    case when m.mak is not null and m.mak_lead is null then coalesce(
      (select l.id from leads as l where l.id = m.apn_lead and l.mak is null),
      (
        select l.id
          from leads as l
         where l.id = m.addr_lead
           and l.mak is null
           and (l.apn is null or m.apn is null or (l.county_fips, l.apn) = (m.county_fips, m.apn))
      )
    ) end as mak_candidate,
    case when m.apn is not null and m.apn_lead is null
      then (select l.id from leads as l where l.id = m.addr_lead and l.apn is null)
    end as apn_candidate
    from met as m;
$$;

comment on function staged_keys(uuid) is
  'One row a staged row that is neither set aside nor placed: its keys, the owner of each (null: nobody), and the lead'
  ' that would gain its MAK or APN.';
