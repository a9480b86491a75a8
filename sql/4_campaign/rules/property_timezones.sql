-- The zones a property may be in, by its ZIP and its state: those that both allow, or if they contradict each other,
-- all that either says.
--
-- In plpgsql, since functions call it once a row: a function in SQL would be planned anew at each call.
create or replace function property_timezones(p_state text, p_zip text)
returns text[]
language plpgsql stable set search_path from current
as $$
begin
  return (
    with by_zip as (
      select z.timezone
        from zip_zones as z
       where z.prefix = coalesce(
         (select k.prefix from zip_zones as k where k.prefix = substring(p_zip from '^[0-9]{5}') limit 1),
         left(substring(p_zip from '^[0-9]{5}'), 3)
       )
    ),

    by_state as (
      select s.timezone
        from state_zones as s
       where s.state = coalesce(
         (select k.state from state_zones as k where k.state = p_state limit 1), -- nearly always, and ten times faster
         state_code(p_state)
       )
    )

    select coalesce(
      (select array_agg(z.timezone order by z.timezone) from by_zip as z join by_state as s on s.timezone = z.timezone),
      (
        select array_agg(u.timezone order by u.timezone)
          from (select z.timezone from by_zip as z union select s.timezone from by_state as s) as u
      )
    )
  );
end
$$;

comment on function property_timezones(text, text) is
  'Zone names such as America/Phoenix; null if neither state nor ZIP is known.';
