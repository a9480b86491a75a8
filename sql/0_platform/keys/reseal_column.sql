-- Moves values of one column to the newest data key. Rows that another transaction has locked are left for the next
-- call, so that it never waits. A value that does not open stays as it is, under its old key: retire_data_key then
-- refuses.
create or replace function reseal_column(p_table text, p_column text, p_limit int)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_place sealed_columns;
  v_version int := newest_data_key('seal');
  v_count int;
begin
  select c.* into strict v_place from sealed_columns as c where c.table_name = p_table and c.column_name = p_column;

  execute format(
    $sql$
      with picked as materialized (
        select t.ctid as place, t.%2$I as sealed, %3$L || t.%4$I as context
          from %1$I as t
         where substr(t.%2$I, 1, 4) <> int4send($1)
         limit $2
           for no key update skip locked
      ),

      opened as materialized (
        select p.place, p.context, try_unseal(k.key, p.context, p.sealed) as content
          from picked as p
          join key_ring() as k on k.version = sealed_version(p.sealed)
      )

      update %1$I as t
         set %2$I = seal(k.key, k.version, o.context, o.content)
        from opened as o
       cross join (select r.key, r.version from key_ring() as r where r.version = $1) as k
       where t.ctid = o.place
         and o.content is not null
         -- by place, not by a scan of the whole table
         and t.ctid = any(array(select s.place from opened as s))
    $sql$,
    p_table, p_column, v_place.context, v_place.id_column
  ) using v_version, p_limit;
  get diagnostics v_count = row_count;

  return v_count;
end
$$;

comment on function reseal_column(text, text, int) is 'How many values it moved, at most p_limit.';
