-- Whether a document mentions a person, in whatever field and however a phone number is written.
create or replace function mentions_person(p_document jsonb, p_marks text[])
returns boolean
language sql immutable parallel safe set search_path from current
as $$
  select exists (
    select
      from jsonb_path_query(p_document, 'strict $.** ? (@.type() == "string" || @.type() == "number")') as v (value)
     cross join unnest(p_marks) as m (mark)
     where strpos(lower(v.value #>> '{}'), m.mark) > 0
        or strpos(regexp_replace(v.value #>> '{}', '[^0-9]', '', 'g'), m.mark) > 0
  );
$$;

comment on function mentions_person(jsonb, text[]) is
  'True if a text or number in it has one of the marks of identifiers_of_person. False for null.';
