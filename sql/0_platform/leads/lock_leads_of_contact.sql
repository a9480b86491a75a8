-- Locks all leads that have a contact, before anything is written about it: in order of id, as every function does.
create or replace function lock_leads_of_contact(p_channel text, p_value_hash bytea)
returns uuid[]
language sql volatile set search_path from current
as $$
  select array(
    select l.id
      from leads as l
     where l.id in (
       select c.lead_id from lead_contacts as c where c.channel = p_channel and c.value_hash = p_value_hash
     )
     order by l.id
       for update
  );
$$;

comment on function lock_leads_of_contact(text, bytea) is
  'The ids of the leads, locked until the transaction ends; an empty array if no lead has it.';
