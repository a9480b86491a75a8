-- A single row as a staged row, by the same steps as a row of a file: what a broker submits, what a dead letter keeps.
create or replace function stage_fields(p_line_number int, p_fields jsonb, p_fault text default null)
returns leads_staging
language plpgsql stable set search_path from current
as $$
declare
  v_raw jsonb;
  v_values text[];
begin
  select coalesce(jsonb_object_agg(f.key, f.value), '{}'), coalesce(array_agg(f.value), '{}')
    into v_raw, v_values
    from (
      select e.key, trim(E' \t\r\n\u00a0' from e.value) as value from jsonb_each_text(p_fields) as e
    ) as f
   where f.value <> '';

  return stage_row(
    p_line_number,
    v_raw,
    coalesce(p_fault, row_fault(v_values, cardinality(v_values), setting('max_field_bytes')::int)),
    array(select c from contact_fields as c where v_raw ? c.field order by c.channel, c.rank)
  );
end
$$;

comment on function stage_fields(int, jsonb, text) is
  'A row of leads_staging without its upload, from {field: value}: values trimmed, empty ones left out. Rejected for'
  ' p_fault, for a value of more than max_field_bytes, or as stage_row says.';
