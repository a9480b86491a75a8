-- What a bounce does to the leads that have the contact. A hard one rejects it, by the code map as any verification
-- does it, so that its codes say so when the map is read again. Those that share a contact are few.
create or replace function note_bounce(p_channel text, p_value text, p_hard boolean, p_now timestamptz)
returns int
language plpgsql
volatile
set search_path from current
as $$
declare
  v_hash bytea := contact_hash(p_channel, p_value);
  v_lead_ids uuid[];
  v_lead_id uuid;
begin
  v_lead_ids := lock_leads_of_contact(p_channel, v_hash);

  if p_hard then
    foreach v_lead_id in array v_lead_ids loop
      perform record_verification(
        v_lead_id, p_channel, 'generic', array['UNDELIVERABLE'], jsonb_build_object(p_channel, p_value), p_now
      );
      perform end_unreachable(v_lead_id, p_channel, 'bounced', p_now);
    end loop;
  end if;

  return cardinality(v_lead_ids);
end
$$;

comment on function note_bounce(text, text, boolean, timestamptz) is
  'How many leads have the contact. Hard: it is rejected; an active lead with no other verified contact is bounced.';
