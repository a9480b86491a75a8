-- Rejects the number that was called, since it is none: that of the contact with which the delivery was claimed. If
-- nobody claimed the delivery, it is the contact that would be called. It is rejected by the code map as any
-- verification does, so that its codes say so when they are judged anew.
--
-- The caller holds verification_code_map in share mode, then the lead.
create or replace function reject_called_number(p_lead_id uuid, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_position int := coalesce(
    (
      select d.contact_position
        from deliveries as d
        join leads as l on l.id = d.lead_id and l.campaign_id = d.campaign_id
       where d.lead_id = p_lead_id
         and d.channel = 'phone'
       order by d.sequence_step desc
       limit 1
    ),
    usable_contact(p_lead_id, 'phone'),
    -- suppressed since: the first that was verified
    (
      select min(k.position)
        from lead_contacts as k
       where k.lead_id = p_lead_id
         and k.channel = 'phone'
         and k.verified
    )
  );
begin
  if v_position is not null then
    perform apply_verdict(p_lead_id, 'phone', v_position, 'generic', array['UNDELIVERABLE'], null, p_now);
    perform end_unreachable(p_lead_id, 'phone', 'invalid', p_now);
  end if;
end
$$;

comment on function reject_called_number(uuid, timestamptz) is
  'Rejects the phone number that was called, if there is one; a lead with no other verified contact is invalid.';
