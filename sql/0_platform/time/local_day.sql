-- The calendar day that a moment falls on in a named zone. Everything daily is counted by it, so that neither the
-- server's nor the session's zone matters.
create or replace function local_day(p_moment timestamptz, p_zone text)
returns date
language sql immutable strict parallel safe set search_path from current
as $$
  select (p_moment at time zone p_zone)::date;
$$;

comment on function local_day(timestamptz, text) is 'The local date of a moment in a zone such as America/Los_Angeles.';
