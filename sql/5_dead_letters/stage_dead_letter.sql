-- The row of a dead letter as it would be staged now: by the same function as the rows of a file.
create or replace function stage_dead_letter(p_letter pipeline_dlq)
returns leads_staging
language sql stable set search_path from current
as $$
  select stage_fields(p_letter.line_number, row_of_dead_letter(p_letter));
$$;

comment on function stage_dead_letter(pipeline_dlq) is
  'A row of leads_staging without its upload, rejected or not; PF104 if the letter is not about a row.';
