-- Judges the stored codes of these leads' contacts anew where the map changed one of them, writes an event for each
-- contact that changed, and lets the leads follow.
--
-- If the new map leaves a contact open, it loses its mark only if the old map verified it; a mark by hand stays. If the
-- codes now say that nothing was found out, the contact is due to be verified again.
create or replace function rejudge_contacts(p_lead_ids uuid[], p_now timestamptz)
returns void
language sql volatile set search_path from current
set enable_nestloop = off -- the planner takes any array for ten leads, and would compare each with each
set jit = off
as $$
  with concerned as (
    select c.lead_id, c.channel, c.position, bool_or(h.effect = 'verify') is true as was_verified_by_it
      from lead_contacts as c
      join verification_code_history as h
        on h.reverified_at is null
       and h.provider = c.verification_provider
       and h.channel = c.channel
       and h.code = any(c.verification_codes)
     where c.lead_id = any(p_lead_ids)
     group by c.lead_id, c.channel, c.position
  ),

  judged as materialized (
    select
      k.lead_id,
      k.channel,
      k.position,
      j.effect,
      j.unknown_codes,
      case j.effect
        when 'verify' then true
        when 'reject' then false
        else c.verified and not k.was_verified_by_it
      end as verified
      from concerned as k
      join lead_contacts as c using (lead_id, channel, position)
     cross join judge_codes(c.verification_provider, c.channel, c.verification_codes) as j
     where c.lead_id = any(p_lead_ids)
  ),

  changed as (
    update lead_contacts as c
       set verified = j.verified,
           verify_tries = case when j.effect = 'retry' then coalesce(c.verify_tries, 0) end,
           verify_after = case when j.effect = 'retry' then coalesce(c.verify_after, p_now) end
      from judged as j
     where c.lead_id = j.lead_id
       and c.lead_id = any(p_lead_ids)
       and c.channel = j.channel
       and c.position = j.position
       and (c.verified <> j.verified or (j.effect = 'retry' and c.verify_tries is null))
    returning c.*, j.effect, j.unknown_codes
  )

  select record_event(
    p_now, 'verified', p_lead_id => c.lead_id, p_service => c.verification_provider,
    p_detail => jsonb_strip_nulls(jsonb_build_object(
      'channel', c.channel,
      'position', c.position,
      'codes', c.verification_codes,
      'effect', c.effect,
      'verified', c.verified,
      'unknown_codes', nullif(c.unknown_codes, '{}'),
      'map_version', (select max(h.replaced_by) from verification_code_history as h)
    ))
  )
    from changed as c;

  select follow_contacts(p_lead_ids, p_now);
$$;

comment on function rejudge_contacts(uuid[], timestamptz) is
  'Event verified for each contact that changed, as apply_verdict writes it, with map_version; without effect if the'
  ' map knows none of the codes now. The caller holds the leads'' locks.';
