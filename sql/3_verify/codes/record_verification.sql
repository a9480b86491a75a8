-- Takes a provider's answer about one contact of a lead.
-- Security definer: contacts, the map and the columns that follow are written by functions alone.
create or replace function record_verification(
  p_lead_id uuid,
  p_channel text,
  p_provider text,
  p_codes text[],
  p_payload jsonb default null
)
returns boolean
language sql
volatile
security definer
set search_path from current
as $$
  select record_verification(p_lead_id, p_channel, p_provider, p_codes, p_payload, clock_timestamp());
$$;

-- Applies one answer to one contact, and lets the lead follow.
--
-- The contact's codes always say by themselves what it is: an answer that verifies or rejects replaces them,
-- one that only informs (or that the map does not know) is added to them, unless it is another provider's: that
-- stands only where nothing was decided yet. A retry leaves everything and sets when to ask again. So the
-- stored codes can be judged anew when the map changes, unknown ones among them. A mark by hand has no codes: it
-- holds until an answer verifies or rejects.
create or replace function record_verification(
  p_lead_id uuid,
  p_channel text,
  p_provider text,
  p_codes text[],
  p_payload jsonb,
  p_now timestamptz
)
returns boolean
language plpgsql
volatile
set search_path from current
as $$
declare
  v_provider text := lower(p_provider);
  v_codes text[] := split_codes(p_codes);
  v_position int;
  v_answer record;
  v_verified boolean;
begin
  perform check_channel(p_channel);

  -- a change of the map waits until this is committed: reverify_leads then meets every answer judged by the old one
  lock table verification_code_map in share mode;
  perform lock_lead(p_lead_id);

  v_position := answered_contact(p_lead_id, p_channel, p_payload);
  select j.effect, j.unknown_codes, j.line_type into v_answer from judge_codes(v_provider, p_channel, v_codes) as j;

  if v_answer.effect = 'retry' then
    perform retry_verification(p_lead_id, p_channel, v_position, p_now);
  elsif v_position is not null then
    update lead_contacts as c
       set verified = case v_answer.effect when 'verify' then true when 'reject' then false else c.verified end,
           verification_codes = k.codes,
           verification_provider = k.provider,
           verify_after = null,
           verify_tries = null,
           line_type = coalesce(v_answer.line_type, c.line_type)
      from kept_codes(p_lead_id, p_channel, v_position, v_provider, v_codes, v_answer.effect) as k
     where c.lead_id = p_lead_id
       and c.channel = p_channel
       and c.position = v_position;

    update leads as l
       set melissa_payload = coalesce(l.melissa_payload, '{}') || payload_facts(p_payload),
           updated_at = p_now
     where l.id = p_lead_id
       and payload_facts(p_payload) <> '{}';

    perform follow_contacts(array[p_lead_id], p_now);
  end if;

  select c.verified
    into v_verified
    from lead_contacts as c
   where c.lead_id = p_lead_id
     and c.channel = p_channel
     and c.position = v_position;

  perform record_event(
    p_now, 'verified', p_lead_id => p_lead_id, p_service => v_provider,
    p_detail => jsonb_strip_nulls(jsonb_build_object(
      'channel', p_channel,
      'position', v_position,
      'codes', v_codes,
      'effect', v_answer.effect,
      'verified', v_verified,
      'unknown_codes', nullif(v_answer.unknown_codes, '{}')
    ))
  );

  return v_verified;
end
$$;

comment on function record_verification(uuid, text, text, text[], jsonb) is
  'Applies result codes (Melissa: docs.melissa.com, result codes) to the contact that the payload names, else'
  ' to the channel''s first. Codes singly or as one comma-separated string. Returns whether the contact is'
  ' verified now; null if the lead has no such contact. PF060 for an unknown channel, PF061 for an unknown'
  ' lead.';
comment on function record_verification(uuid, text, text, text[], jsonb, timestamptz) is
  'record_verification at a given time. Event verified: channel, position (none if the answer was about no'
  ' contact of the lead), codes, effect (none if no code is known), verified, unknown_codes.';

grant execute on function record_verification(uuid, text, text, text[], jsonb) to pipeline_writer;
