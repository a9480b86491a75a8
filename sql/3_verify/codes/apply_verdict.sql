-- Applies a provider's answer to one contact of a lead, known by its position, and lets the lead follow.
--
-- The contact's codes always say by themselves what it is: an answer that verifies or rejects replaces them, one that
-- only informs (or that the map does not know) is added to them. One that informs and comes from another provider
-- stands only where nothing was decided yet. So the stored codes
-- can be judged anew when the map changes, unknown ones among them. A contact that was marked by hand has no codes: it
-- stays marked until an answer verifies or rejects.
--
-- A retry leaves all that and sets when to ask again, by retry_delay. After max_verification_tries retries in a row the
-- contact is left alone, and health says so: each question costs money.
--
-- The caller holds verification_code_map in share mode, then the lead. A change of the map waits for its commit, so
-- reverify_leads meets every answer that was judged by the old map.
create or replace function apply_verdict(
  p_lead_id uuid, p_channel text, p_position int, p_provider text, p_codes text[], p_payload jsonb, p_now timestamptz
)
returns boolean
language plpgsql volatile set search_path from current
as $$
declare
  v_answer record;
  v_verified boolean;
begin
  select j.effect, j.unknown_codes, j.line_type
    into v_answer
    from judge_codes(p_provider, p_channel, p_codes) as j;

  if v_answer.effect = 'retry' then
    update lead_contacts as c
       set verify_tries = coalesce(c.verify_tries, 0) + 1,
           verify_after = case
             when coalesce(c.verify_tries, 0) + 1 < setting('max_verification_tries')::int
               then p_now + retry_delay(coalesce(c.verify_tries, 0) + 1)
           end
     where c.lead_id = p_lead_id
       and c.channel = p_channel
       and c.position = p_position;
  elsif p_position is not null then
    update lead_contacts as c
       set verified = case v_answer.effect when 'verify' then true when 'reject' then false else c.verified end,
           verification_codes = k.codes,
           verification_provider = k.provider,
           verify_after = null,
           verify_tries = null,
           line_type = coalesce(v_answer.line_type, c.line_type)
      from kept_codes(p_lead_id, p_channel, p_position, p_provider, p_codes, v_answer.effect) as k
     where c.lead_id = p_lead_id
       and c.channel = p_channel
       and c.position = p_position;

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
     and c.position = p_position;

  perform record_event(
    p_now, 'verified', p_lead_id => p_lead_id, p_service => p_provider,
    p_detail => jsonb_strip_nulls(jsonb_build_object(
      'channel', p_channel,
      'position', p_position,
      'codes', p_codes,
      'effect', v_answer.effect,
      'verified', v_verified,
      'unknown_codes', nullif(v_answer.unknown_codes, '{}')
    ))
  );

  return v_verified;
end
$$;

comment on function apply_verdict(uuid, text, int, text, text[], jsonb, timestamptz) is
  'Whether the contact is verified now; null for a position that is null. Provider in lower case, codes as split_codes'
  ' gives them. Event verified: channel, position (none if the answer was about no contact of the lead), codes, effect'
  ' (none if no code is known), verified, unknown_codes.';
