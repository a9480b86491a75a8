-- Records a booking at a given time. A lead that is not there yet, or was named wrong, may be found later: see
-- redrive_booking.
create or replace function record_booking_at(
  p_lead_id uuid, p_starts_at timestamptz, p_event_id text, p_now timestamptz
)
returns text
language plpgsql
volatile
set search_path from current
as $$
declare
  v_outcome text;
begin
  perform from leads as l where l.id = p_lead_id for update;

  if not count_event_once(
    'booking', p_event_id, p_lead_id, null, p_now, jsonb_build_object('starts_at', p_starts_at)
  ) then
    return 'repeated';
  end if;

  v_outcome := note_booking(p_lead_id, p_now, p_now);

  if v_outcome is null then
    perform keep_unknown(
      'booking', jsonb_build_object('lead', p_lead_id, 'booked_at', p_now),
      jsonb_build_object('starts_at', p_starts_at, 'event', p_event_id),
      'no lead has this id'
    );
    return 'unknown';
  end if;

  return v_outcome;
end
$$;

comment on function record_booking_at(uuid, timestamptz, text, timestamptz) is 'record_booking at a given time.';

revoke all on function record_booking_at(uuid, timestamptz, text, timestamptz) from public;
