-- Whether a moment lies between two local times of its local day, both taken as moments: so the time between them is
-- one piece also on a day whose clocks change. A local time that a day skips is an hour later on it, one that comes
-- twice is meant the second time.
create or replace function is_within_day(p_now timestamptz, p_zone text, p_from time, p_until time)
returns boolean
language sql immutable parallel safe set search_path from current
as $$
  select p_now >= (t.day + p_from) at time zone p_zone
     and p_now < (t.day + p_until) at time zone p_zone
    from (select (p_now at time zone p_zone)::date as day) as t;
$$;

comment on function is_within_day(timestamptz, text, time, time) is
  'Whether it is p_from or later, and before p_until, on the moment''s day in the zone. Null if any is null.';
