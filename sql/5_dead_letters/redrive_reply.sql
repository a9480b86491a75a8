-- Records a reply that came from a contact no lead had, once a lead has it or an operator names the lead. Its event
-- counted when it came.
--
-- An opt-out suppressed the sender's contact then, and now reaches the leads that have come since, unless a consent has
-- undone it meanwhile. If an operator names the lead, every contact of that lead is opted out: which of them wrote is
-- not known, or is none of the lead's.
create or replace function redrive_reply(p_letter pipeline_dlq, p_lead_id uuid, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_channel text := p_letter.payload ->> 'channel';
  v_personal jsonb := dead_letter_content(p_letter);
  v_hash bytea := contact_hash(v_channel, v_personal ->> 'from');
  v_lead_id uuid := coalesce(p_lead_id, lead_of_contact(v_channel, v_hash));
begin
  if v_lead_id is null then
    return ('waiting', 'no lead has the sender''s contact', null, null)::redrive_result;
  end if;

  if is_opt_out(v_personal ->> 'body')
    and (v_hash is null or exists (select from suppressions as s where s.channel = v_channel and s.value_hash = v_hash))
  then
    if p_lead_id is not null then
      perform opt_out_lead(p_lead_id, 'reply', v_channel, p_now);
    else
      perform opt_out(v_channel, v_personal ->> 'from', 'reply', v_channel, p_now);
    end if;
  end if;

  perform note_reply(
    v_lead_id, coalesce((p_letter.payload ->> 'occurred_at')::timestamptz, p_letter.created_at), p_now
  );

  return ('redriven', 'the reply is recorded', v_lead_id, null)::redrive_result;
end
$$;

comment on function redrive_reply(pipeline_dlq, uuid, timestamptz) is
  'redriven: recorded for p_lead_id, else for the lead that has the sender''s contact. waiting: nobody has it.';
