-- Locks leads and all that share a contact with one of them: what is said of one contact concerns them all. In one
-- statement, so that the locks come in order of id.
create or replace function lock_sharing_leads(p_lead_ids uuid[])
returns void
language sql volatile set search_path from current
as $$
  select
    from leads as l
   where l.id = any(p_lead_ids)
      or l.id = any(array(
        select o.lead_id
          from lead_contacts as c
          join lead_contacts as o on o.channel = c.channel and o.value_hash = c.value_hash
         where c.lead_id = any(p_lead_ids)
      ))
   order by l.id
     for update;
$$;

comment on function lock_sharing_leads(uuid[]) is 'Row locks until the transaction ends.';
