-- What several rows say of one lead: of each field the value of the last row that has it.
create or replace function newest_fields(p_rows jsonb)
returns jsonb
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_fields jsonb := jsonb '{}';
begin
  for v_row in 0 .. jsonb_array_length(p_rows) - 1 loop
    v_fields := v_fields || (p_rows -> v_row);
  end loop;

  return v_fields;
end
$$;

comment on function newest_fields(jsonb) is 'A JSON list of objects as one object: a later value replaces an earlier.';
