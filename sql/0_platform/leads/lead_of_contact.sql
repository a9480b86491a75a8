-- The lead that is meant by a contact: of several the active one, else the one fed last, else the oldest.
create or replace function lead_of_contact(p_channel text, p_value_hash bytea)
returns uuid
language sql stable set search_path from current
as $$
  select l.id
    from lead_contacts as k
    join leads as l on l.id = k.lead_id
   where k.channel = p_channel
     and k.value_hash = p_value_hash
   order by l.campaign_status = 'active' desc, l.added_to_campaign_at desc nulls last, l.created_at, l.id
   limit 1;
$$;

comment on function lead_of_contact(text, bytea) is
  'The lead that a contact''s blind index belongs to; null if no lead has it.';
