-- Takes the rows of a round out of staging once their leads are written. Never by a nested loop: the planner may think
-- that an upload without statistics has one row, and would compare each row with each.
create or replace function unstage_placed(p_upload_id uuid)
returns void
language sql volatile set search_path from current
set enable_nestloop = off
as $$
  delete from leads_staging as s
   using upload_rows as r
   where s.upload_id = p_upload_id
     and r.upload_id = p_upload_id
     and r.line_number = s.line_number;
$$;

comment on function unstage_placed(uuid) is 'Deletes the staged rows of an upload that have a line in upload_rows.';
