-- Fed per day as bars before what the cap allowed: a pale column is the cap, its filled part was fed. Positions
-- across are per cent and heights pixels, so that letters keep their size on any screen. The figures follow as
-- a table.
create or replace function dashboard_feed(p_now timestamptz)
returns text
language sql stable set search_path from current
as $$
  with days as (
    select
      d.day,
      d.cap,
      d.fed,
      row_number() over (order by d.day) - 1 as place,
      greatest(max(d.cap) over (), max(d.fed) over (), 1) as top
      from dashboard_feed_days(p_now) as d
  ),

  bars as (
    select
      d.*,
      format('%s: %s of %s fed', to_char(d.day, 'Dy FMDD Mon'), d.fed, d.cap) as words,
      round(100.0 * d.place / 30 + 0.4, 2) as x,
      round(150.0 * d.cap / d.top, 1) as cap_height,
      round(150.0 * d.fed / d.top, 1) as fed_height
      from days as d
  )

  select concat(
    '<div class="chart"><div class="scale" aria-hidden="true">',
    format('<span>%s</span><span>%s</span><span>0</span></div>', max(b.top), round(max(b.top) / 2.0)),
    '<svg width="100%" height="180" role="img" aria-labelledby="feed-name feed-words">',
    '<title id="feed-name">Leads fed per day</title>',
    format(
      '<desc id="feed-words">%s fed in 30 days; the cap was reached on %s.</desc>',
      sum(b.fed), counted(count(*) filter (where b.fed >= b.cap and b.cap > 0), 'day')
    ),
    '<line class="grid" x1="0" x2="100%" y1="5.5" y2="5.5" />',
    '<line class="grid" x1="0" x2="100%" y1="80.5" y2="80.5" />',
    string_agg(
      format('<g><title>%s</title>', b.words)
      || format(
        '<rect class="room" x="%1$s%%" y="%2$s" width="2.5%%" height="%3$s" rx="2" />'
        '<rect class="%4$s" x="%1$s%%" y="%5$s" width="2.5%%" height="%6$s" rx="2" />',
        b.x,
        155 - b.cap_height,
        b.cap_height,
        case when b.fed >= b.cap and b.cap > 0 then 'full' else 'fed' end,
        155 - b.fed_height,
        b.fed_height
      )
      || '</g>'
      || case
        when extract(isodow from b.day) = 1 and b.place < 26
          then format('<text x="%s%%" y="174">%s</text>', b.x, to_char(b.day, 'FMDD Mon'))
        else ''
      end,
      '' order by b.place
    ),
    '<line class="base" x1="0" x2="100%" y1="155.5" y2="155.5" /></svg></div>',
    '<p class="key"><i class="full"></i> cap reached <i class="fed"></i> below the cap ',
    '<i class="room"></i> room left</p><details><summary>The same as a table</summary><table><thead><tr>',
    '<th scope="col">Day</th><th scope="col" class="n">Fed</th><th scope="col" class="n">Cap</th></tr></thead><tbody>',
    string_agg(
      format(
        '<tr><th scope="row">%s</th><td class="n">%s</td><td class="n">%s</td></tr>',
        to_char(b.day, 'Dy FMDD Mon'), b.fed, b.cap
      ),
      '' order by b.place desc
    ) filter (where b.cap > 0),
    '</tbody></table></details>'
  )
    from bars as b;
$$;

comment on function dashboard_feed(timestamptz) is
  'Leads fed per day against the cap: a chart (SVG) and the table behind it.';
