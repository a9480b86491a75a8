-- The key of the advisory lock that goes with a row of locks. The schema is part of it, so that two installations in
-- one database don't meet.
create or replace function lock_key(p_name text)
returns bigint
language sql stable strict set search_path from current
as $$
  select hashtextextended(format('pgfunnel/%s/%s', current_schema(), p_name), 0);
$$;

comment on function lock_key(text) is
  'As pg_locks shows it of locktype advisory: the upper half in classid, the lower in objid, objsubid 1.';
