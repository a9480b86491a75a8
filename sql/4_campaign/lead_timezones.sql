-- The zones a lead may be in: one where the ZIP tells, else all of its state, else all of the country. Whoever must not
-- call too early or too late asks for all of them, so the less is known, the narrower the window.
create or replace function lead_timezones(p_state text, p_zip text)
returns text[]
language sql
stable
set search_path from current
as $$
  select coalesce(
    (select array[z.timezone] from zip_zones as z where z.prefix = left(p_zip, 5)),
    (select array[z.timezone] from zip_zones as z where z.prefix = left(p_zip, 3)),
    (select array_agg(s.timezone order by s.timezone) from state_zones as s where s.state = state_code(p_state)),
    (select array_agg(distinct s.timezone order by s.timezone) from state_zones as s)
  );
$$;

comment on function lead_timezones(text, text) is
  'Zone names such as America/Phoenix for a property''s state and ZIP; at least one.';

revoke all on function lead_timezones(text, text) from public;
