-- Records a bounce of a contact that nobody had, once a lead has it. Its event counted when it came.
create or replace function redrive_bounce(p_letter pipeline_dlq, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_channel text := p_letter.payload ->> 'channel';
  v_hash bytea := contact_hash(v_channel, dead_letter_content(p_letter) ->> 'value');
  v_lead_id uuid := lead_of_contact(v_channel, v_hash);
begin
  if v_lead_id is null then
    return ('waiting', 'no lead has the contact', null, null)::redrive_result;
  end if;

  perform note_bounce(v_channel, v_hash, (p_letter.payload ->> 'hard')::boolean, p_now);

  return ('redriven', 'the bounce is recorded', v_lead_id, null)::redrive_result;
end
$$;

comment on function redrive_bounce(pipeline_dlq, timestamptz) is
  'redriven: recorded for the leads that have the contact. waiting: nobody has it.';
