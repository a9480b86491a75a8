-- HTTP headers by lower-case name. The same name twice in other case is nobody's honest message: no headers at all
-- then.
create or replace function read_headers(p_headers jsonb)
returns jsonb
language sql
immutable
parallel safe
set search_path from current
as $$
  select case
    when jsonb_typeof(p_headers) = 'object' then (
      select case
        when count(*) = count(distinct lower(h.key)) then coalesce(jsonb_object_agg(lower(h.key), h.value), '{}')
      end
        from jsonb_each_text(p_headers) as h
    )
  end;
$$;

comment on function read_headers(jsonb) is
  '{lower-case name: text} of an object of headers; null if it is no object or names a header twice.';

revoke all on function read_headers(jsonb) from public;
