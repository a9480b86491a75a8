-- What the rows of this round say about each lead they made or met: the newest usable value of every field, the first
-- value of every key, the contacts in order of arrival. Most leads have one row, whose fields are taken as they stand
-- unless something about them looks odd.
create or replace function placed_documents(p_upload_id uuid)
returns table (
  lead_id uuid,
  is_new boolean,
  mak text,
  county_fips text,
  apn text,
  addr_hash text,
  fields jsonb,
  phones jsonb,
  emails jsonb
)
language sql
stable
set search_path from current
set enable_nestloop = off
as $$
  with lines as materialized (
    select
      p.*,
      case
        when s.raw ? 'lead_score'
          or (p.mak is null and s.raw ? 'mak')
          or (p.apn is null and s.raw ?| array['apn', 'county_fips'])
          or s.raw ->> 'melissa_results' !~ '^[A-Z]{2}[0-9]{2}(,[A-Z]{2}[0-9]{2})*$'
          then set_aside_fields(s.raw, p.mak, p.apn)
        else s.raw
      end as fields
      from placed_rows(p_upload_id) as p
      join leads_staging as s on s.upload_id = p_upload_id and s.line_number = p.line_number
  ),

  several as (
    select
      l.lead_id,
      bool_or(l.is_new) as is_new,
      (array_agg(l.mak order by l.line_number) filter (where l.mak is not null))[1] as mak,
      (array_agg(l.county_fips order by l.line_number) filter (where l.apn is not null))[1] as county_fips,
      (array_agg(l.apn order by l.line_number) filter (where l.apn is not null))[1] as apn,
      (array_agg(l.addr_hash order by l.line_number) filter (where l.addr_hash is not null))[1] as addr_hash
      from lines as l
     where l.lines_of_lead > 1
     group by l.lead_id
  ),

  newest as (
    select l.lead_id, jsonb_object_agg(f.key, f.value order by l.line_number) as fields
      from lines as l
     cross join jsonb_each(l.fields) as f
     where l.lines_of_lead > 1
     group by l.lead_id
  ),

  documents as (
    select l.lead_id, l.is_new, l.mak, l.county_fips, l.apn, l.addr_hash, l.fields
      from lines as l
     where l.lines_of_lead = 1
    union all
    select s.*, coalesce(n.fields, '{}')
      from several as s
      left join newest as n on n.lead_id = s.lead_id
  ),

  contacts as (
    select
      c.lead_id,
      jsonb_agg(c.value order by c.arrival) filter (where c.channel = 'phone') as phones,
      jsonb_agg(c.value order by c.arrival) filter (where c.channel = 'email') as emails
      from placed_contacts(p_upload_id) as c
     group by c.lead_id
  )

  select d.*, coalesce(c.phones, '[]'), coalesce(c.emails, '[]')
    from documents as d
    left join contacts as c on c.lead_id = d.lead_id;
$$;

comment on function placed_documents(uuid) is
  'One row a lead that rows of this round made (is_new) or met. fields: {canonical field: text};'
  ' phones and emails: lists of normalised values.';

revoke all on function placed_documents(uuid) from public;
