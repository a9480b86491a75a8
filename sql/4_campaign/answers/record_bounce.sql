-- Records that a message to a contact bounced.
--
-- Security definer: it moves leads and rejects contacts, and the caller may not choose the time.
create or replace function record_bounce(p_channel text, p_value text, p_hard boolean, p_event_id text)
returns text
language sql volatile security definer set search_path from current
as $$
  select record_bounce(p_channel, p_value, p_hard, p_event_id, clock_timestamp());
$$;

-- Records a bounce at a given time. A hard one ends in a verdict, so the code map is locked before the leads, as
-- everywhere.
create or replace function record_bounce(
  p_channel text, p_value text, p_hard boolean, p_event_id text, p_now timestamptz
)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_hard boolean := coalesce(p_hard, false);
  v_hash bytea := contact_hash(p_channel, p_value);
  v_lead_id uuid;
begin
  if v_hard then
    lock table verification_code_map in share mode;
  end if;

  perform lock_leads_of_contact(p_channel, v_hash);
  v_lead_id := lead_of_contact(p_channel, v_hash);

  if not record_event_once(
    'bounce', p_event_id, v_lead_id, p_channel, p_now, jsonb_build_object('hard', v_hard)
  ) then
    return 'repeated';
  end if;

  if v_lead_id is null then
    perform add_unmatched_event(
      'bounce',
      jsonb_build_object('channel', p_channel, 'hard', v_hard),
      jsonb_build_object('value', p_value, 'event', p_event_id),
      'no lead has the contact',
      p_now
    );
    return 'unknown';
  end if;

  perform note_bounce(p_channel, v_hash, v_hard, p_now);

  return case when v_hard then 'rejected' else 'noted' end;
end
$$;

comment on function record_bounce(text, text, boolean, text) is
  'Records a bounce once per event id. rejected: it was hard, and the contact is rejected wherever it is; noted: it was'
  ' soft (or p_hard is null) and is counted; repeated: the event came before; unknown: no lead has the contact, see'
  ' pipeline_dlq.'
  ' PF060 for an unknown channel, PF084 without an event id.';
comment on function record_bounce(text, text, boolean, text, timestamptz) is 'record_bounce at a given time.';

grant execute on function record_bounce(text, text, boolean, text) to pipeline_writer;
