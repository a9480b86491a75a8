-- The checks: first those that fail or warn, with what to do; those that pass are folded away.
create or replace function dashboard_health(p_checks jsonb)
returns text
language sql stable set search_path from current
as $$
  with checks as (
    select
      c.place,
      c.value ->> 'status' as status,
      array_position(array['fail', 'warn', 'ok'], c.value ->> 'status') as rank,
      format(
        '<li class="%s"><b>%s</b> <span class="tag %s">%s</span><p>%s</p>%s</li>',
        case c.value ->> 'status' when 'ok' then 'good' else c.value ->> 'status' end,
        html_escape(replace(c.value ->> 'check_name', '_', ' ')),
        case c.value ->> 'status' when 'ok' then 'good' else c.value ->> 'status' end,
        html_escape(c.value ->> 'status'),
        html_escape(c.value ->> 'detail'),
        '<p class="hint">' || html_escape(c.value ->> 'hint') || '</p>'
      ) as item
      from jsonb_array_elements(p_checks) with ordinality as c (value, place)
  )

  select concat(
    '<ul class="checks">'
      || string_agg(c.item, '' order by c.rank, c.place) filter (where c.status <> 'ok')
      || '</ul>',
    format(
      '<details><summary>%s</summary><ul class="checks">%s</ul></details>',
      counted(count(*) filter (where c.status = 'ok'), 'check passes', 'checks pass'),
      string_agg(c.item, '' order by c.place) filter (where c.status = 'ok')
    )
  )
    from checks as c;
$$;

comment on function dashboard_health(jsonb) is
  'The checks, rows of pipeline_health as a JSON array, as HTML lists.';
