-- The row of a dead letter as it would be staged now: by the same function as the rows of a file.
create or replace function stage_letter(p_letter pipeline_dlq)
returns leads_staging
language plpgsql
stable
set search_path from current
as $$
declare
  v_fields text[];
  v_values text[];
begin
  select coalesce(array_agg(f.key), '{}'), coalesce(array_agg(f.value), '{}')
    into v_fields, v_values
    from jsonb_each_text(row_of_letter(p_letter)) as f;

  return stage_row(
    p_letter.line_number, v_values, v_fields,
    array(select c from contact_fields as c where c.field = any(v_fields) order by c.channel, c.rank),
    setting('max_field_bytes')::int
  );
end
$$;

comment on function stage_letter(pipeline_dlq) is
  'A row of leads_staging without its upload, rejected or not; PF104 if the letter is not about a row.';

revoke all on function stage_letter(pipeline_dlq) from public;
