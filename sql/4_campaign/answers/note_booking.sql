-- What a booking does to its lead; booked_at is the latest of several. A booking is a reply too: an active lead makes
-- both moves, a microsecond apart, so that each has a time of its own.
create or replace function note_booking(p_lead_id uuid, p_booked_at timestamptz, p_now timestamptz)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_status campaign_status;
begin
  select l.campaign_status into v_status from leads as l where l.id = p_lead_id for update;

  if v_status = 'active' then
    perform give_reason('record_booking');
    update leads as l set campaign_status = 'replied', campaign_status_at = p_now where l.id = p_lead_id;
  end if;

  perform give_reason('record_booking');

  update leads as l
     set booked_at = greatest(l.booked_at, p_booked_at),
         campaign_status = case when v_status in ('active', 'replied') then 'booked' else v_status end,
         campaign_status_at = case
           when v_status in ('active', 'replied') then p_now + interval '1 microsecond'
           else l.campaign_status_at
         end,
         updated_at = p_now
   where l.id = p_lead_id;

  return case
    when v_status in ('active', 'replied', 'booked') then 'booked'
    when v_status is not null then 'noted'
  end;
end
$$;

comment on function note_booking(uuid, timestamptz, timestamptz) is
  'booked, or noted if the lead''s state does not lead there: booked_at is set all the same. Null for an unknown lead.';
