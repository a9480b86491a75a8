-- The zones a lead may be in: those of the property and those of the phone number's area code (a number moves with its
-- owner, a property may be let). A call must be neither too early nor too late in any of them. If neither is known, as
-- with a toll-free number and no address, these are all zones of the country, with Guam and Puerto Rico.
create or replace function lead_timezones(p_state text, p_zip text, p_phone text)
returns text[]
language sql stable set search_path from current
as $$
  select coalesce(
    (
      select array_agg(distinct k.timezone order by k.timezone)
        from (
          select p.timezone from unnest(property_timezones(p_state, p_zip)) as p (timezone)
          union all
          select a.timezone from area_code_zones as a where a.area_code = substring(p_phone from '^[+]1([0-9]{3})')
        ) as k
    ),
    (select array_agg(distinct s.timezone order by s.timezone) from state_zones as s)
  );
$$;

comment on function lead_timezones(text, text, text) is
  'Zone names such as America/Phoenix for a property''s state and ZIP and a number in E.164; at least one.';
