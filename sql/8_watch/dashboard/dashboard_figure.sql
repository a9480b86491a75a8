-- One key figure, with a line below that shows a share where there is one.
create or replace function dashboard_figure(
  p_figure text, p_label text, p_state text default null, p_share numeric default null
)
returns text
language sql immutable set search_path from current
as $$
  select concat(
    format('<li class="%s"><b>%s</b><span>%s</span>', p_state, p_figure, html_escape(p_label)),
    '<i class="meter" aria-hidden="true"><i style="width:'
      || round(100 * case when p_share > 1 then 1 else p_share end, 1)
      || '%"></i></i>',
    '</li>'
  );
$$;

comment on function dashboard_figure(text, text, text, numeric) is
  'A figure (HTML) and its label (text); state good, warn, fail or null; share from 0 to 1 or null.';
