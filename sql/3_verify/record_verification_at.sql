-- Applies one answer to one contact, and lets the lead follow.
--
-- The contact's codes always say by themselves what it is: an answer that verifies or rejects replaces them,
-- one that only informs (or that the map does not know) is added to them, a retry leaves everything. So the
-- stored codes can be judged anew when the map changes, unknown ones among them.
create or replace function record_verification_at(
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
  perform lock_lead(p_lead_id);

  v_position := answered_contact(p_lead_id, p_channel, p_payload);
  select j.effect, j.unknown_codes, j.line_type into v_answer from judge_codes(v_provider, p_channel, v_codes) as j;

  if v_position is not null and v_answer.effect is distinct from 'retry' then
    update lead_contacts as c
       set verified = case v_answer.effect when 'verify' then true when 'reject' then false else c.verified end,
           verification_codes = case
             when v_answer.effect in ('verify', 'reject') then v_codes
             else split_codes(c.verification_codes || v_codes)
           end,
           line_type = coalesce(v_answer.line_type, c.line_type)
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

comment on function record_verification_at(uuid, text, text, text[], jsonb, timestamptz) is
  'record_verification at a given time. Event verified: channel, position (none if the answer was about no'
  ' contact of the lead), codes, effect (none if no code is known), verified, unknown_codes.';

revoke all on function record_verification_at(uuid, text, text, text[], jsonb, timestamptz) from public;
