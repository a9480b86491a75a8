-- What a lead answered, on whatever channel.
--
-- Security definer: it opens nothing to the caller, moves leads and suppresses, and the caller may not choose the time.
create or replace function record_reply(
  p_channel text,
  p_from text,
  p_body text,
  p_event_id text,
  p_occurred_at timestamptz default null
)
returns uuid
language plpgsql
volatile
security definer
set search_path from current
as $$
begin
  return record_reply(p_channel, p_from, p_body, p_event_id, p_occurred_at, clock_timestamp());
end
$$;

-- Records a reply at a given time. Of several leads with the sender's contact the active one is meant, and of these
-- the one that was fed last. An opt-out reaches all of them, and holds although nobody knows the sender.
create or replace function record_reply(
  p_channel text,
  p_from text,
  p_body text,
  p_event_id text,
  p_occurred_at timestamptz,
  p_now timestamptz
)
returns uuid
language plpgsql
volatile
set search_path from current
as $$
declare
  v_hash bytea := contact_hash(p_channel, p_from);
  v_lead_id uuid;
  v_opts_out boolean := is_opt_out(p_body);
begin
  perform lock_leads_of_contact(p_channel, v_hash);
  v_lead_id := lead_of_contact(p_channel, v_hash);

  if v_opts_out and v_hash is not null then
    perform opt_out(p_channel, p_from, 'reply', p_channel, p_now);
  end if;

  -- an opt-out holds whether it comes twice or without an id; nothing else does
  if v_opts_out and p_event_id is null or not count_event_once('reply', p_event_id, v_lead_id, p_channel, p_now) then
    return v_lead_id;
  end if;

  if v_lead_id is null then
    perform keep_unknown(
      'reply',
      jsonb_build_object('channel', p_channel, 'occurred_at', coalesce(p_occurred_at, p_now)),
      jsonb_build_object('from', p_from, 'body', p_body, 'event', p_event_id),
      'no lead has the sender''s contact'
    );
    return null;
  end if;

  perform note_reply(v_lead_id, p_occurred_at, p_now);

  return v_lead_id;
end
$$;

comment on function record_reply(text, text, text, text, timestamptz) is
  'Records a reply once per event id, and returns its lead. STOP and its like opt the sender out; else an active'
  ' lead is replied. A sender nobody knows goes to pipeline_dlq, and null is returned. PF060 for an unknown'
  ' channel, PF084 without an event id.';
comment on function record_reply(text, text, text, text, timestamptz, timestamptz) is
  'record_reply at a given time.';

grant execute on function record_reply(text, text, text, text, timestamptz) to pipeline_writer;
