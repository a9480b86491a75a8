-- What still needs a data key.
create or replace function sealed_by(p_version int)
returns text
language plpgsql stable set search_path from current
as $$
declare
  v_column sealed_columns;
  v_count bigint;
  v_found text[] := array[]::text[];
begin
  for v_column in select c.* from sealed_columns as c order by c.table_name loop
    execute format(
      'select count(*) from %I as t where substr(t.%I, 1, 4) = int4send($1)', v_column.table_name, v_column.column_name
    ) into v_count using p_version;

    if v_count > 0 then
      v_found := v_found || format('%s.%s: %s', v_column.table_name, v_column.column_name, v_count);
    end if;
  end loop;

  return nullif(array_to_string(v_found, ', '), '');
end
$$;

comment on function sealed_by(int) is
  'How many values of which column a data key sealed, in words; null if none. Reads every table with sealed values.';
