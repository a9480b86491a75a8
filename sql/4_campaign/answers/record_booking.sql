-- An appointment was made.
--
-- Security definer: it moves leads, and the caller may not choose the time.
create or replace function record_booking(p_lead_id uuid, p_starts_at timestamptz, p_event_id text)
returns text
language sql volatile security definer set search_path from current
as $$
  select record_booking(p_lead_id, p_starts_at, p_event_id, clock_timestamp());
$$;

-- Records a booking at a given time. A lead that is not there yet, or was named wrong, may be found later: see
-- redrive_booking.
create or replace function record_booking(p_lead_id uuid, p_starts_at timestamptz, p_event_id text, p_now timestamptz)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_outcome text;
begin
  perform from leads as l where l.id = p_lead_id for update;

  if not record_event_once(
    'booking', p_event_id, p_lead_id, null, p_now, jsonb_build_object('starts_at', p_starts_at)
  ) then
    return 'repeated';
  end if;

  v_outcome := note_booking(p_lead_id, p_now, p_now);

  if v_outcome is null then
    perform add_unmatched_event(
      'booking', jsonb_build_object('lead', p_lead_id, 'booked_at', p_now),
      jsonb_build_object('starts_at', p_starts_at, 'event', p_event_id),
      'no lead has this id',
      p_now
    );
    return 'unknown';
  end if;

  return v_outcome;
end
$$;

comment on function record_booking(uuid, timestamptz, text) is
  'Records a booking once per event id. booked: the lead is; noted: its state does not lead there, booked_at is set'
  ' all the same; repeated: the event came before; unknown: no such lead, see pipeline_dlq. PF084 without an event'
  ' id.';
comment on function record_booking(uuid, timestamptz, text, timestamptz) is 'record_booking at a given time.';

grant execute on function record_booking(uuid, timestamptz, text) to pipeline_writer;
