-- The leads of the person that a lead is about: those which have a contact in common with it and bear the same name. A
-- contact alone does not make a person: vendors list a relative's phone too. Nor does a name.
create or replace function leads_of_person(p_lead_id uuid)
returns uuid[]
language sql stable set search_path from current
as $$
  with sharing as (
    select p_lead_id as id
    union
    select o.lead_id
      from lead_contacts as c
      join lead_contacts as o on o.channel = c.channel and o.value_hash = c.value_hash
     where c.lead_id = p_lead_id
  ),

  named as (
    select s.id, person_name(try_lead_pii(s.id)) as name from sharing as s
  )

  select array_agg(n.id order by n.id)
    from named as n
   where n.id = p_lead_id
      or n.name = (select m.name from named as m where m.id = p_lead_id);
$$;

comment on function leads_of_person(uuid) is 'Ids, the given one among them.';
