-- Records a booking whose lead was unknown, once it is there or a person says which lead it is. Its event counted when
-- it came. A service may send such a letter itself, so a time to come is now, as note_reply has it.
create or replace function redrive_booking(p_letter pipeline_dlq, p_lead_id uuid, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_lead_id uuid := coalesce(p_lead_id, (p_letter.payload ->> 'lead')::uuid);
  v_outcome text := note_booking(
    v_lead_id, least(coalesce((p_letter.payload ->> 'booked_at')::timestamptz, p_letter.created_at), p_now), p_now
  );
begin
  if v_outcome is null then
    return ('waiting', 'no lead has this id', null, null)::redrive_result;
  end if;

  return ('redriven', format('the booking is recorded: %s', v_outcome), v_lead_id, null)::redrive_result;
end
$$;

comment on function redrive_booking(pipeline_dlq, uuid, timestamptz) is
  'redriven: recorded for p_lead_id, else for the lead whose id came with it. waiting: there is no such lead.';
