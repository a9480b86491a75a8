-- On which physical line a text has its last quote.
create or replace function line_of_last_quote(p_text text)
returns int
language sql
immutable
strict
parallel safe
set search_path from current
as $$
  select 1 + count_lines(left(p_text, length(p_text) - strpos(reverse(p_text), '"')));
$$;

comment on function line_of_last_quote(text) is 'The line, from 1, of the last quote.';

revoke all on function line_of_last_quote(text) from public;
