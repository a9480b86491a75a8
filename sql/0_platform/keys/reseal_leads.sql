-- Moves a batch of what older data keys sealed to the newest one: leads first, then all else that is sealed. Called
-- until it returns 0, each time in a transaction of its own.
--
-- Security definer: a service may move what it can't read.
create or replace function reseal_leads(p_limit int default 1000)
returns int
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_column sealed_columns;
  v_count int := 0;
begin
  if (p_limit >= 0) is not true then
    raise exception using errcode = 'PF086',
      message = 'the limit is missing or below zero',
      hint = 'Pass how many rows to move at most, or leave it out for 1000.';
  end if;

  for v_column in select c.* from sealed_columns as c order by c.table_name <> 'leads', c.table_name loop
    exit when v_count >= p_limit;

    v_count := v_count + reseal_column(v_column.table_name, v_column.column_name, p_limit - v_count);
  end loop;

  return v_count;
end
$$;

comment on function reseal_leads(int) is
  'How many values it sealed anew; 0 when none is left but those that others hold or that do not open. PF086 for a'
  ' limit that is none.';

grant execute on function reseal_leads(int) to pipeline_writer;
