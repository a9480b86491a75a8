-- The row of a dead letter as it would be staged now: by the same function as the rows of a file.
create or replace function stage_dead_letter(p_letter pipeline_dlq)
returns leads_staging
language plpgsql
stable
set search_path from current
as $$
declare
  v_row jsonb;
  v_values text[];
begin
  select coalesce(jsonb_object_agg(f.key, f.value), '{}'), coalesce(array_agg(f.value), '{}')
    into v_row, v_values
    from (
      select r.key, trim(E' \t\r\n\u00a0' from r.value) as value from jsonb_each_text(row_of_dead_letter(p_letter)) as r
    ) as f
   where f.value <> '';

  return stage_row(
    p_letter.line_number, v_row, row_fault(v_values, cardinality(v_values), setting('max_field_bytes')::int),
    array(select c from contact_fields as c where v_row ? c.field order by c.channel, c.rank)
  );
end
$$;

comment on function stage_dead_letter(pipeline_dlq) is
  'A row of leads_staging without its upload, rejected or not; PF104 if the letter is not about a row.';
