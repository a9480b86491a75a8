-- The number that was called is none: the contact that the delivery was claimed with is rejected, by the code map as
-- any verification does it, so that its codes say so when the map is read again. If nobody claimed the delivery, it is
-- the one that would be called.
create or replace function reject_called_number(p_lead_id uuid, p_now timestamptz)
returns void
language plpgsql
volatile
set search_path from current
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
    -- opted out since: the first that was verified
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
    perform record_verification(
      p_lead_id, 'phone', 'generic', array['UNDELIVERABLE'],
      jsonb_build_object('phone', lead_pii(p_lead_id) -> 'phones' ->> (v_position - 1)), p_now
    );
    perform end_unreachable(p_lead_id, 'phone', 'invalid', p_now);
  end if;
end
$$;

comment on function reject_called_number(uuid, timestamptz) is
  'Rejects the phone number that was called, if there is one; a lead with no other verified contact is invalid.';
