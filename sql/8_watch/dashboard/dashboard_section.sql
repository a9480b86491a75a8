-- One card of the page, named by its heading.
create or replace function dashboard_section(p_id text, p_title text, p_about text, p_body text)
returns text
language sql immutable set search_path from current
as $$
  select format(
    e'<section id="%1$s" aria-labelledby="%1$s-title">\n'
    '<header><h2 id="%1$s-title">%2$s</h2><p>%3$s</p></header>\n%4$s\n</section>',
    p_id, html_escape(p_title), html_escape(p_about), p_body
  );
$$;

comment on function dashboard_section(text, text, text, text) is
  'A section with id, title and a line about it (text), body (HTML).';
