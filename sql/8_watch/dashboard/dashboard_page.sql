-- The document around the content. The policy forbids scripts and everything from elsewhere, also to a hostile
-- file name that would get past the escaping. It is well-formed XML too, so that tools can read it.
create or replace function dashboard_page(p_title text, p_body text)
returns text
language sql stable set search_path from current
as $$
  select concat_ws(
    e'\n',
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8" />',
    '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''; '
    'img-src data:; base-uri ''none''; form-action ''none''" />',
    '<meta name="viewport" content="width=device-width, initial-scale=1" />',
    '<meta name="color-scheme" content="light dark" />',
    '<meta name="referrer" content="no-referrer" />',
    '<meta name="robots" content="noindex" />',
    '<link rel="icon" href="data:," />',
    format('<title>%s · %s</title>', html_escape(p_title), html_escape(current_schema())),
    '<style>', dashboard_style(), '</style>',
    '</head>',
    '<body>',
    '<main>', p_body, '</main>',
    '</body>',
    '</html>'
  );
$$;

comment on function dashboard_page(text, text) is 'An HTML document with a title (text) and a body (HTML).';
