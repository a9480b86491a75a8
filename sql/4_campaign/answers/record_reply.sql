-- Records what a lead answered, on any channel.
--
-- Security definer: it moves leads and suppresses contacts, and the caller may not choose the time.
create or replace function record_reply(
  p_channel text, p_from text, p_body text, p_event_id text, p_occurred_at timestamptz default null
)
returns uuid
language sql volatile security definer set search_path from current
as $$
  select record_reply(p_channel, p_from, p_body, p_event_id, p_occurred_at, clock_timestamp());
$$;

-- Records a reply at a given time. If several leads have the sender's contact the reply is the active one's, and of
-- several active ones that of the one fed last. An opt-out reaches all of them, and holds for a sender whom nobody
-- knows.
create or replace function record_reply(
  p_channel text, p_from text, p_body text, p_event_id text, p_occurred_at timestamptz, p_now timestamptz
)
returns uuid
language plpgsql volatile set search_path from current
as $$
declare
  v_hash bytea := contact_hash(p_channel, p_from);
  v_lead_ids uuid[] := lock_leads_of_contact(p_channel, v_hash);
  v_lead_id uuid := lead_of_contact(p_channel, v_hash);
  v_opts_out boolean := is_opt_out(p_body);
  v_is_first boolean := false;
begin
  -- an opt-out holds when it comes twice or without an id; nothing else does
  if not v_opts_out or p_event_id is not null then
    v_is_first := record_event_once('reply', p_event_id, v_lead_id, p_channel, p_now);
  end if;

  if v_opts_out and v_hash is not null then
    perform suppress_value(
      v_lead_ids, p_channel, v_hash, 'reply', p_channel,
      case when v_is_first then v_lead_id end, least(p_occurred_at, p_now), p_now
    );
  elsif v_is_first and v_lead_id is not null then
    perform note_reply(v_lead_id, p_occurred_at, p_now);
  end if;

  if v_is_first and v_lead_id is null then
    perform add_unmatched_event(
      'reply',
      jsonb_build_object('channel', p_channel, 'occurred_at', coalesce(p_occurred_at, p_now)),
      jsonb_build_object('from', p_from, 'body', p_body, 'event', p_event_id),
      'no lead has the sender''s contact',
      p_now
    );
  end if;

  return v_lead_id;
end
$$;

comment on function record_reply(text, text, text, text, timestamptz) is
  'Records a reply once per event id, and returns its lead. STOP and its like opt the sender out; else an active'
  ' lead is replied. A reply of an unknown sender goes to pipeline_dlq, and null is returned. PF060 for an unknown'
  ' channel, PF084 without an event id.';
comment on function record_reply(text, text, text, text, timestamptz, timestamptz) is
  'record_reply at a given time.';

grant execute on function record_reply(text, text, text, text, timestamptz) to pipeline_writer;
