-- A lead's score as a file gives it: a whole number from 0 to 100, perhaps with a spreadsheet's .0.
create or replace function score_of(p_value text)
returns int
language sql immutable strict parallel safe set search_path from current
as $$
  select case when p_value ~ e'^(100|[0-9]{1,2})(\\.0+)?$' then split_part(p_value, '.', 1)::int end;
$$;

comment on function score_of(text) is 'The score 0–100, or null when it is not one.';
