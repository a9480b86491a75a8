-- What the rows of this round say about each lead they made or met: the newest usable value of every field, the first
-- value of every key, the contacts in order of arrival. Most leads have one row, whose fields are taken as they stand
-- unless one of them may not fit its column.
--
-- A row of this round is one that is placed and still in staging. Never by a nested loop: the planner may think that an
-- upload without statistics has one row, and would compare each row with each.
create or replace function placed_documents(p_upload_id uuid, p_is_new boolean)
returns table (lead_id uuid, mak text, county_fips text, apn text, addr_hash text, fields jsonb, contacts jsonb)
language sql stable set search_path from current
set enable_nestloop = off
as $$
  with placed as materialized (
    select r.line_number, r.lead_id, r.outcome, r.mak, r.county_fips, r.apn, r.addr_hash, s.raw, s.contacts
      from upload_rows as r
      join leads_staging as s on s.line_number = r.line_number and s.upload_id = p_upload_id
     where r.upload_id = p_upload_id
  ),

  heads as (
    select p.lead_id, count(*) as lines
      from placed as p
     group by p.lead_id
    having bool_or(p.outcome = 'new') = p_is_new
  ),

  lines as materialized (
    select
      p.*,
      h.lines,
      case
        when p.raw ? 'lead_score'
          or (p.mak is null and p.raw ? 'mak')
          or (p.apn is null and p.raw ?| array['apn', 'county_fips'])
          or p.raw ->> 'melissa_results' !~ '^[A-Z]{2}[0-9]{2}(,[A-Z]{2}[0-9]{2})*$'
          then set_aside_fields(p.raw, p.mak, p.apn)
        else p.raw
      end as fields
      from placed as p
      join heads as h on h.lead_id = p.lead_id
  ),

  several as (
    select
      l.lead_id,
      (array_agg(l.mak order by l.line_number) filter (where l.mak is not null))[1] as mak,
      (array_agg(l.county_fips order by l.line_number) filter (where l.apn is not null))[1] as county_fips,
      (array_agg(l.apn order by l.line_number) filter (where l.apn is not null))[1] as apn,
      (array_agg(l.addr_hash order by l.line_number) filter (where l.addr_hash is not null))[1] as addr_hash,
      newest_fields(jsonb_agg(l.fields order by l.line_number)) as fields,
      joined_contacts(jsonb_agg(l.contacts order by l.line_number)) as contacts
      from lines as l
     where l.lines > 1
     group by l.lead_id
  )

  select l.lead_id, l.mak, l.county_fips, l.apn, l.addr_hash, l.fields, l.contacts
    from lines as l
   where l.lines = 1
  union all
  select s.* from several as s;
$$;

comment on function placed_documents(uuid, boolean) is
  'One row a lead that rows of this round made (p_is_new) or met. fields: {canonical field: text}; contacts: as'
  ' leads_staging has them.';
