-- Whether a yes-or-no column of a vendor says yes. Beside yes in its spellings a do-not-call column holds the name
-- of the list (Federal DNC), or Callable for no.
create or replace function is_marked(p_value text)
returns boolean
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(
    v.value in ('y', 'yes', 't', 'true', '1', '1.0', 'x', 'on')
    or (
      v.value ~ 'dnc|do[ _-]*not[ _-]*(call|contact)|opt(ed)?[ _-]*out'
      and v.value !~ e'^(no|not|non|never|false|0)\\M'
    ),
    false
  )
    from (select lower(trim(E' \t\r\n\u00a0' from p_value)) as value) as v;
$$;

comment on function is_marked(text) is
  'True for y, yes, t, true, 1, x, on, and for what names DNC, do not call, do not contact or opted out without a no'
  ' before it; case does not count. Else false, also for null.';
