-- What a bounce does to the leads that have the contact. A hard one rejects it, by the code map as any verification
-- does, so that its codes say so when they are judged anew. Leads that share a contact are few.
--
-- The caller of a hard one holds verification_code_map in share mode.
create or replace function note_bounce(p_channel text, p_value_hash bytea, p_hard boolean, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_lead_ids uuid[] := lock_leads_of_contact(p_channel, p_value_hash);
begin
  if p_hard then
    perform
      apply_verdict(c.lead_id, p_channel, c.position, 'generic', array['UNDELIVERABLE'], null, p_now),
      end_unreachable(c.lead_id, p_channel, 'bounced', p_now)
       from lead_contacts as c
      where c.lead_id = any(v_lead_ids)
        and c.channel = p_channel
        and c.value_hash = p_value_hash
      order by c.lead_id;
  end if;
end
$$;

comment on function note_bounce(text, bytea, boolean, timestamptz) is
  'Hard: the contact is rejected wherever it is; an active lead with no other verified contact is bounced.';
