-- Tries again what a dead letter is about.
--
-- Security definer: it merges, moves leads and opens what is sealed, and the caller may not choose the time.
create or replace function redrive_dlq(p_id bigint, p_token uuid default null, p_lead_id uuid default null)
returns redrive_result
language sql volatile security definer set search_path from current
as $$
  select * from redrive_dlq(p_id, p_token, p_lead_id, clock_timestamp());
$$;

-- Redrives at a given time, each source in its own way.
create or replace function redrive_dlq(p_id bigint, p_token uuid, p_lead_id uuid, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_letter pipeline_dlq := lock_for_redrive(p_id, p_token, p_lead_id, p_now);
  v_result redrive_result;
begin
  if p_lead_id is not null then
    if v_letter.source not in ('reply', 'booking', 'call') then
      raise exception using errcode = 'PF104',
        message = format('dead letter %s is redriven for its own lead only', p_id),
        hint = 'Leave the lead out. For a row of a file decide_row says which lead it is.';
    end if;

    perform lock_lead(p_lead_id);
  end if;

  case v_letter.source
    when 'upload' then
      v_result := merge_dead_letter(v_letter, stage_dead_letter(v_letter), p_now);
    when 'delivery' then
      v_result := redrive_delivery(v_letter, p_now);
    when 'reply' then
      v_result := redrive_reply(v_letter, p_lead_id, p_now);
    when 'booking' then
      v_result := redrive_booking(v_letter, p_lead_id, p_now);
    when 'call' then
      v_result := redrive_call(v_letter, p_lead_id, p_now);
    when 'bounce' then
      v_result := redrive_bounce(v_letter, p_now);
    else
      raise exception using errcode = 'PF104',
        message = format('dead letter %s comes from a service, which alone knows how to try it again', p_id),
        hint = 'Let the service claim it by claim_dlq and finish it by finish_dlq; or discard_dlq.';
  end case;

  return settle_dead_letter(v_letter, v_result, p_now);
end
$$;

comment on function redrive_dlq(bigint, uuid, uuid) is
  'Redrives a dead letter. A row of a file is merged again; a delivery is pending again if its lead may still be'
  ' contacted; a reply, booking or call is recorded if its lead is known by now, or for p_lead_id; a bounce is recorded'
  ' if a lead has its contact by now. p_token: from the claim, if it is claimed. outcome: redriven, or waiting and why.'
  ' A redriven row is undone by revert_upload(upload_id of the answer). PF101 unknown, PF102 closed already, PF103'
  ' claimed by another session, PF104 if there is nothing to try again, PF061 for an unknown lead.';
comment on function redrive_dlq(bigint, uuid, uuid, timestamptz) is 'redrive_dlq at a given time.';

grant execute on function redrive_dlq(bigint, uuid, uuid) to pipeline_writer;
