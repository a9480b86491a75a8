-- Takes all leads that have a contact, for this transaction: before anything is written of it, in order of id, as
-- everybody locks.
create or replace function lock_leads_of_contact(p_channel text, p_value_hash bytea)
returns uuid[]
language sql
volatile
set search_path from current
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
  'The ids of the leads, locked; an empty array if nobody has it.';
