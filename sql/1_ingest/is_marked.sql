-- Whether a yes-or-no column of a vendor says yes.
create or replace function is_marked(p_value text)
returns boolean
language sql
immutable
parallel safe
set search_path from current
as $$
  select coalesce(lower(trim(p_value)) in ('y', 'yes', 't', 'true', '1', 'x', 'dnc', 'on'), false);
$$;

comment on function is_marked(text) is 'True for y, yes, t, true, 1, x, dnc, on in any case; else false.';

revoke all on function is_marked(text) from public;
