-- Several lists of contacts as one, in order of arrival: each value once, where it came first, with the newest line
-- type given for it, and marked do-not-call if it ever was.
create or replace function joined_contacts(p_lists jsonb)
returns jsonb
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  -- the usual case: two rows say the same
  if jsonb_array_length(p_lists) = 2 and p_lists -> 0 = p_lists -> 1 then
    return p_lists -> 0;
  end if;

  return (
    with contacts as (
      select c.item, row_number() over (order by l.place, c.place) as arrival
        from jsonb_array_elements(p_lists) with ordinality as l (items, place)
       cross join jsonb_array_elements(l.items) with ordinality as c (item, place)
    ),

    joined as (
      select
        min(c.arrival) as arrival,
        (array_agg(c.item order by c.arrival))[1]
          || case when count(*) = 1 then '{}' else jsonb_strip_nulls(jsonb_build_object(
            'line_type', (array_agg(c.item -> 'line_type' order by c.arrival desc)
              filter (where c.item ->> 'line_type' is not null))[1],
            'do_not_call', nullif(bool_or((c.item ->> 'do_not_call')::boolean), false)
          )) end as item
        from contacts as c
       group by c.item ->> 'channel', c.item ->> 'value'
    )

    select coalesce(jsonb_agg(j.item order by j.arrival), '[]') from joined as j
  );
end
$$;

comment on function joined_contacts(jsonb) is
  'The contacts of a JSON list of lists of contacts, as leads_staging.contacts has them, as one such list. Null gives'
  ' an empty one.';
