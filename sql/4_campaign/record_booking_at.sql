-- Records a booking at a given time. Who books has replied: an active lead makes both moves, a microsecond apart, so
-- that each has a time of its own.
create or replace function record_booking_at(
  p_lead_id uuid, p_starts_at timestamptz, p_event_id text, p_now timestamptz
)
returns text
language plpgsql
volatile
set search_path from current
as $$
declare
  v_status campaign_status;
begin
  select l.campaign_status into v_status from leads as l where l.id = p_lead_id for update;

  if not count_event_once(
    'booking', p_event_id, p_lead_id, null, p_now, jsonb_build_object('starts_at', p_starts_at)
  ) then
    return 'repeated';
  end if;

  if v_status is null then
    perform keep_unknown(
      'booking', jsonb_build_object('lead', p_lead_id, 'event', p_event_id),
      jsonb_build_object('starts_at', p_starts_at),
      'no lead has this id'
    );
    return 'unknown';
  end if;

  if v_status = 'active' then
    update leads as l set campaign_status = 'replied', campaign_status_at = p_now where l.id = p_lead_id;
  end if;

  update leads as l
     set booked_at = p_now,
         campaign_status = case when v_status in ('active', 'replied') then 'booked' else v_status end,
         campaign_status_at = case
           when v_status in ('active', 'replied') then p_now + interval '1 microsecond'
           else l.campaign_status_at
         end,
         updated_at = p_now
   where l.id = p_lead_id;

  return case when v_status in ('active', 'replied', 'booked') then 'booked' else 'noted' end;
end
$$;

comment on function record_booking_at(uuid, timestamptz, text, timestamptz) is 'record_booking at a given time.';

revoke all on function record_booking_at(uuid, timestamptz, text, timestamptz) from public;
