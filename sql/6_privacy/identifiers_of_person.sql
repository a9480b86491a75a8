-- By what a text is known to speak of a person: the ids of his leads, his e-mail addresses, his phone numbers.
create or replace function identifiers_of_person(p_lead_ids uuid[])
returns text[]
language sql stable set search_path from current
as $$
  with documents as materialized (
    select try_lead_pii(l.id) as pii from unnest(p_lead_ids) as l (id)
  )

  select array_agg(distinct m.mark)
    from (
      select l.id::text from unnest(p_lead_ids) as l (id)
      union all
      select lower(e.value) from documents as d cross join jsonb_array_elements_text(d.pii -> 'emails') as e (value)
      union all
      select right(p.value, 10) from documents as d cross join jsonb_array_elements_text(d.pii -> 'phones') as p (value)
    ) as m (mark)
   where length(m.mark) > 4;
$$;

comment on function identifiers_of_person(uuid[]) is
  'Lower case: ids as text, addresses, the ten digits of North American numbers. For mentions_person.';
