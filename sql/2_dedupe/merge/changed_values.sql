-- What of the new values changes anything: those that differ from the old, before and after.
create or replace function changed_values(p_old jsonb, p_new jsonb, out before jsonb, out after jsonb)
language plpgsql
immutable
parallel safe
set search_path from current
as $$
begin
  select jsonb_object_agg(n.key, p_old -> n.key), jsonb_object_agg(n.key, n.value)
    into before, after
    from jsonb_each(p_new) as n
   where n.value is distinct from p_old -> n.key;
end
$$;

comment on function changed_values(jsonb, jsonb) is
  'Of two objects the keys of the second whose value differs in the first: before and after. Nulls if none does.';
