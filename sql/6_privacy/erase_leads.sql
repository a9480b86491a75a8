-- Deletes leads with all that hangs on them. What was counted stays counted: events, lines of uploads, days of
-- campaigns; the lines without the keys, which lead to the property. The record of who opened them stays too, without
-- the purpose, which may name the person.
create or replace function erase_leads(p_lead_ids uuid[])
returns void
language plpgsql volatile set search_path from current
as $$
begin
  delete from upload_changes as c where c.lead_id = any(p_lead_ids);

  update upload_rows as r
     set mak = null,
         county_fips = null,
         apn = null,
         addr_hash = null
   where r.lead_id = any(p_lead_ids);

  update pii_reveals as r
     set purpose = 'erased'
   where r.lead_id = any(p_lead_ids);

  -- contacts, tokens and deliveries go with them
  delete from leads as l where l.id = any(p_lead_ids);
end
$$;

comment on function erase_leads(uuid[]) is 'Deletes the leads; the caller has suppressed their contacts.';
