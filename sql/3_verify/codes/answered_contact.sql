-- Which contact of a lead a provider's answer is about: the one that the answer names, else the first.
--
-- If the answer names a value that the lead does not have, it is about none of its contacts: taking the first one would
-- verify a number that was never looked up.
create or replace function answered_contact(p_lead_id uuid, p_channel text, p_payload jsonb)
returns int
language sql stable set search_path from current
as $$
  with named as (
    select contact_hash(p_channel, f.value) as value_hash
      from jsonb_each_text(case jsonb_typeof(p_payload) when 'object' then p_payload else '{}' end) as f (key, value)
     where btrim(f.value) <> ''
       and regexp_replace(lower(f.key), '[^a-z]', '', 'g') = any(
         case p_channel when 'phone' then array['phonenumber', 'phone'] else array['emailaddress', 'email'] end
       )
  )

  select min(c.position)
    from lead_contacts as c
   where c.lead_id = p_lead_id
     and c.channel = p_channel
     and (
       not exists (select from named)
       or c.value_hash in (select n.value_hash from named as n)
     );
$$;

comment on function answered_contact(uuid, text, jsonb) is
  'lead_contacts.position. Named by phone_number, phone, PhoneNumber / email, email_address, EmailAddress of'
  ' the payload. Null if the lead has no contact of the channel, or not the named one.';
