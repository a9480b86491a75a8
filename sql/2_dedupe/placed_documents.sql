-- What the rows of this round say about each lead they made, or met: the newest non-empty value of every field, the
-- first value of every key, the contacts in order of arrival.
create or replace function placed_documents(p_upload_id uuid, p_of_new_leads boolean)
returns table (
  lead_id uuid,
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
  with placed as materialized (
    select r.*, s.raw
      from (
        select o.*, bool_or(o.outcome = 'new') over (partition by o.lead_id) as is_new
          from upload_rows as o
          join leads_staging as t on t.upload_id = o.upload_id and t.line_number = o.line_number
         where o.upload_id = p_upload_id
      ) as r
      join leads_staging as s on s.upload_id = r.upload_id and s.line_number = r.line_number
     where r.is_new = p_of_new_leads
  ),

  fields as (
    select p.lead_id, jsonb_object_agg(f.key, f.value order by p.line_number) as fields
      from placed as p
     cross join jsonb_each(p.raw) as f
     group by p.lead_id
  ),

  keys as (
    select
      p.lead_id,
      (array_agg(p.mak order by p.line_number) filter (where p.mak is not null))[1] as mak,
      (array_agg(p.county_fips order by p.line_number) filter (where p.apn is not null))[1] as county_fips,
      (array_agg(p.apn order by p.line_number) filter (where p.apn is not null))[1] as apn,
      (array_agg(p.addr_hash order by p.line_number) filter (where p.addr_hash is not null))[1] as addr_hash
      from placed as p
     group by p.lead_id
  ),

  contacts as (
    select
      c.lead_id,
      jsonb_agg(c.value order by c.arrival) filter (where c.channel = 'phone') as phones,
      jsonb_agg(c.value order by c.arrival) filter (where c.channel = 'email') as emails
      from placed_contacts(p_upload_id) as c
     group by c.lead_id
  )

  select
    k.lead_id,
    k.mak,
    k.county_fips,
    k.apn,
    k.addr_hash,
    coalesce(f.fields, '{}'),
    coalesce(c.phones, '[]'),
    coalesce(c.emails, '[]')
    from keys as k
    left join fields as f on f.lead_id = k.lead_id
    left join contacts as c on c.lead_id = k.lead_id;
$$;

comment on function placed_documents(uuid, boolean) is
  'One row a lead that rows of this round made, or met. fields: {canonical field: text}; phones and emails: lists of'
  ' normalised values.';

revoke all on function placed_documents(uuid, boolean) from public;
