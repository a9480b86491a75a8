-- The rows of this round: placed, and still in staging. What is in upload_rows alone was placed in an earlier round.
--
-- Never by a nested loop: the planner may think that an upload without statistics has one row, and would compare each
-- row with each. The same holds for what joins this to staging.
create or replace function placed_rows(p_upload_id uuid)
returns table (
  line_number int,
  lead_id uuid,
  mak text,
  county_fips text,
  apn text,
  addr_hash text,
  is_new boolean,
  lines_of_lead bigint
)
language sql
stable
set search_path from current
set enable_nestloop = off
as $$
  select
    r.line_number,
    r.lead_id,
    r.mak,
    r.county_fips,
    r.apn,
    r.addr_hash,
    bool_or(r.outcome = 'new') over w,
    count(*) over w
    from upload_rows as r
    join leads_staging as s on s.upload_id = r.upload_id and s.line_number = r.line_number
   where r.upload_id = p_upload_id
  window w as (partition by r.lead_id);
$$;

comment on function placed_rows(uuid) is
  'One row a row of this round, with its keys. is_new: this round made its lead. lines_of_lead: rows of this round that'
  ' its lead has.';

revoke all on function placed_rows(uuid) from public;
