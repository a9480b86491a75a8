-- Each campaign today: what the cap leaves, and how many leads stand where.
create or replace function dashboard_campaigns(p_now timestamptz)
returns text
language sql stable set search_path from current
as $$
  select coalesce(
    '<table><thead><tr><th scope="col">Campaign</th><th scope="col" class="n">Fed</th>'
    '<th scope="col" class="n">Queued</th><th scope="col" class="n">Active</th><th scope="col" class="n">Replied</th>'
    '<th scope="col" class="n">Booked</th></tr></thead><tbody>'
    || string_agg(
      format(
        '<tr><th scope="row">%s%s</th><td class="n">%s / %s</td><td class="n">%s</td><td class="n">%s</td>'
        '<td class="n">%s</td><td class="n">%s</td></tr>',
        html_escape(t.name),
        case when t.paused then ' <span class="tag warn">paused</span>' end,
        to_char(t.fed, 'FM999,999,990'),
        to_char(t.cap, 'FM999,999,990'),
        to_char(p.queued, 'FM999,999,990'),
        to_char(p.active, 'FM999,999,990'),
        to_char(p.replied, 'FM999,999,990'),
        to_char(p.booked, 'FM999,999,990')
      ),
      '' order by t.name
    )
    || '</tbody></table>',
    '<p class="empty">There is no campaign.</p>'
  )
    from campaign_today(p_now) as t
    join campaign_progress as p on p.campaign = t.name;
$$;

comment on function dashboard_campaigns(timestamptz) is 'The campaigns of today as an HTML table.';
