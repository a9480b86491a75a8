-- The name in a lead's document, so that two can be compared: one vendor writes it in one field, another in two.
create or replace function person_name(p_pii jsonb)
returns text
language sql immutable parallel safe set search_path from current
as $$
  select nullif(
    regexp_replace(
      lower(coalesce(
        nullif(concat(p_pii ->> 'first_name', p_pii ->> 'last_name'), ''), p_pii ->> 'full_name'
      )),
      '[^[:alpha:]]', '', 'g'
    ), ''
  );
$$;

comment on function person_name(jsonb) is
  'First and last name, else the full name, its letters alone in lower case; null if there is none.';
