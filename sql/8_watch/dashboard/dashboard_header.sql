-- Which installation, and as of when, in the campaign's zone.
create or replace function dashboard_header(p_now timestamptz)
returns text
language sql stable set search_path from current
as $$
  select format(
    '<header class="top"><h1>Lead funnel</h1><p>schema %s, as of <time datetime="%s">%s</time>, %s</p></header>',
    html_escape(current_schema()),
    to_char(p_now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
    local_time(p_now, z.timezone),
    html_escape(replace(regexp_replace(z.timezone, '^.*/', ''), '_', ' '))
  )
    from funnel_zone as z;
$$;

comment on function dashboard_header(timestamptz) is 'The title line: schema and local time.';
