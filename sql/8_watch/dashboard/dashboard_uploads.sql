-- The last arrivals as a table. Names and sources come from outside: they are escaped, and isolated so that
-- letters that run from right to left can't rearrange what stands beside them.
create or replace function dashboard_uploads(p_now timestamptz)
returns text
language sql stable set search_path from current
as $$
  select coalesce(
    '<table class="uploads"><thead><tr><th scope="col">File</th><th scope="col" class="n">Rows</th>'
    '<th scope="col">Result</th></tr></thead><tbody>'
    || string_agg(
      format(
        '<tr><th scope="row"><bdi>%s</bdi><small><bdi>%s</bdi>, %s</small></th><td class="n">%s</td>'
        '<td><span class="tag %s">%s</span><small>%s</small></td></tr>',
        html_escape(left(a.name, 120)),
        html_escape(left(a.source, 60)),
        local_time(a.received_at, z.timezone),
        to_char(a.rows_read, 'FM999,999,990'),
        case a.status when 'done' then 'good' when 'refused' then 'fail' else 'warn' end,
        html_escape(replace(a.outcome, '_', ' ')),
        a.parts
      ),
      '' order by a.received_at desc
    )
    || '</tbody></table>',
    '<p class="empty">Nothing has arrived yet: ingest_csv or receive_upload takes the first file.</p>'
  )
    from dashboard_arrivals(p_now) as a
   cross join funnel_zone as z;
$$;

comment on function dashboard_uploads(timestamptz) is 'The last uploads as an HTML table.';
