-- The moment from which on something is kept, by its setting: an interval, or forever.
create or replace function kept_since(p_setting text, p_now timestamptz)
returns timestamptz
language sql stable set search_path from current
as $$
  select case setting(p_setting) when 'forever' then '-infinity' else p_now - setting(p_setting)::interval end;
$$;

comment on function kept_since(text, timestamptz) is 'What is older may be deleted. PF005 for an unknown setting.';
