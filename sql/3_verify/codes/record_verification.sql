-- Records a provider's answer about one contact of a lead.
--
-- Security definer: contacts, the map and the columns that follow are written by functions alone.
create or replace function record_verification(
  p_lead_id uuid, p_channel text, p_provider text, p_codes text[], p_payload jsonb default null
)
returns boolean
language sql volatile security definer set search_path from current
as $$
  select record_verification(p_lead_id, p_channel, p_provider, p_codes, p_payload, clock_timestamp());
$$;

-- Records an answer at a given time. The code map is locked before the lead, as everywhere: see apply_verdict.
create or replace function record_verification(
  p_lead_id uuid, p_channel text, p_provider text, p_codes text[], p_payload jsonb, p_now timestamptz
)
returns boolean
language plpgsql volatile set search_path from current
as $$
begin
  perform check_channel(p_channel);

  lock table verification_code_map in share mode;
  perform lock_lead(p_lead_id);

  return apply_verdict(
    p_lead_id, p_channel, answered_contact(p_lead_id, p_channel, p_payload), lower(p_provider), split_codes(p_codes),
    p_payload, p_now
  );
end
$$;

comment on function record_verification(uuid, text, text, text[], jsonb) is
  'Applies result codes (Melissa: docs.melissa.com, result codes) to the contact that the payload names, else'
  ' to the channel''s first. Codes singly or as one comma-separated string. Returns whether the contact is'
  ' verified now; null if the lead has no such contact. PF060 for an unknown channel, PF061 for an unknown'
  ' lead.';
comment on function record_verification(uuid, text, text, text[], jsonb, timestamptz) is
  'record_verification at a given time. Event verified, as apply_verdict writes it.';

grant execute on function record_verification(uuid, text, text, text[], jsonb) to pipeline_writer;
