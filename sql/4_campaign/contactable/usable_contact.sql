-- Which of a lead's contacts a channel is to use: the first in order that is verified, not suppressed and not marked
-- do-not-call.
create or replace function usable_contact(p_lead_id uuid, p_channel text)
returns int
language sql stable strict set search_path from current
as $$
  select min(k.position)
    from lead_contacts as k
   where k.lead_id = p_lead_id
     and k.channel = p_channel
     and k.verified
     and not k.do_not_call
     and not exists (select from suppressions as s where s.channel = k.channel and s.value_hash = k.value_hash);
$$;

comment on function usable_contact(uuid, text) is 'The position in lead_contacts; null if none may be used.';
