-- Judges the contacts of these leads by the map as it is now, writes an event for each that changed, and lets the
-- leads follow.
create or replace function reverify_contacts(p_lead_ids uuid[], p_now timestamptz)
returns void
language plpgsql
volatile
set search_path from current
as $$
begin
  perform record_event(
    p_now, 'verified', p_lead_id => c.lead_id, p_service => c.provider,
    p_detail => jsonb_strip_nulls(jsonb_build_object(
      'channel', c.channel,
      'position', c.place,
      'codes', c.codes,
      'effect', c.effect,
      'verified', c.verified,
      'unknown_codes', nullif(c.unknown_codes, '{}'),
      'map_version', (select max(h.replaced_by) from verification_code_history as h)
    ))
  )
     from rejudge_contacts(p_lead_ids, p_now) as c;

  perform follow_contacts(p_lead_ids, p_now);
end
$$;

comment on function reverify_contacts(uuid[], timestamptz) is
  'Event verified for each contact that changed, as record_verification writes it, with map_version. The caller'
  ' holds the leads'' locks.';
