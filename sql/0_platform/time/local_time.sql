-- A moment as a person in a zone would say it. Names of days and months are English, whatever the session's
-- language.
create or replace function local_time(p_moment timestamptz, p_zone text)
returns text
language sql stable strict parallel safe set search_path from current
as $$
  select to_char(p_moment at time zone p_zone, 'Dy FMDD Mon HH24:MI');
$$;

comment on function local_time(timestamptz, text) is 'For example Mon 9 Mar 06:00. Null if either is null.';
