-- How each vendor answered, by class of HTTP status: sums of api_daily. Percentiles don't add up over days, so
-- the slowest day's is shown.
create or replace function dashboard_services(p_now timestamptz)
returns text
language sql stable set search_path from current
as $$
  select coalesce(
    '<table><thead><tr><th scope="col">Service</th><th scope="col" class="n">Calls</th>'
    '<th scope="col" class="n">2xx</th><th scope="col" class="n">429</th><th scope="col" class="n">5xx</th>'
    '<th scope="col" class="n">Other</th><th scope="col" class="n">p95 ms</th></tr></thead><tbody>'
    || string_agg(
      format(
        '<tr><th scope="row"><bdi>%s</bdi></th><td class="n">%s</td><td class="n">%s</td><td class="n %s">%s</td>'
        '<td class="n %s">%s</td><td class="n">%s</td><td class="n">%s</td></tr>',
        html_escape(left(s.service, 60)),
        to_char(s.calls, 'FM999,999,990'),
        to_char(s.http_2xx, 'FM999,999,990'),
        case when s.http_429 > 0 then 'warn' end,
        to_char(s.http_429, 'FM999,999,990'),
        case when s.http_5xx > 0 then 'fail' end,
        to_char(s.http_5xx, 'FM999,999,990'),
        to_char(s.calls - s.http_2xx - s.http_429 - s.http_5xx, 'FM999,999,990'),
        coalesce(to_char(s.p95_ms, 'FM999,999,990'), '–')
      ),
      '' order by s.calls desc, s.service
    )
    || '</tbody></table>',
    '<p class="empty">No call yet: record_api_call tells how a vendor answered.</p>'
  )
    from (
      select
        a.service,
        sum(a.calls) as calls,
        sum(a.http_2xx) as http_2xx,
        sum(a.http_429) as http_429,
        sum(a.http_5xx) as http_5xx,
        max(a.p95_ms) as p95_ms
        from api_daily as a
       where a.day > (select local_day(p_now, z.timezone) from funnel_zone as z) - 30
         and a.day <= (select local_day(p_now, z.timezone) from funnel_zone as z)
       group by a.service
    ) as s;
$$;

comment on function dashboard_services(timestamptz) is 'Calls by service and class of status as an HTML table.';
