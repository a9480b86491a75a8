-- Suppresses a value and closes the leads that have it: state, consent, open deliveries.
--
-- The suppression alone keeps the value from being contacted, now and after any import; the rest makes the leads say
-- so. Where there is a later opt-out the newest counts, so that a consent between the two does not undo the last word.
-- A consent of another lead with the same value is withdrawn too: the person behind the value has spoken.
--
-- The caller takes p_lead_ids from lock_leads_of_contact, so leads are locked before anything is written. A lead that
-- comes in meanwhile meets the suppression.
create or replace function suppress_value(
  p_lead_ids uuid[],
  p_channel text,
  p_value_hash bytea,
  p_reason text,
  p_source text,
  p_replied_id uuid,
  p_replied_at timestamptz,
  p_now timestamptz
)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_is_new boolean;
begin
  insert into suppressions as s (channel, value_hash, reason, source, suppressed_at)
  values (p_channel, p_value_hash, p_reason, p_source, p_now)
  on conflict (channel, value_hash) do update
     set reason = excluded.reason,
         source = excluded.source,
         suppressed_at = excluded.suppressed_at
   where s.suppressed_at < excluded.suppressed_at
  returning s.xmax = 0 into v_is_new;

  v_is_new := coalesce(v_is_new, false); -- a later opt-out is there already

  perform close_opted_out(p_lead_ids, v_is_new, p_channel, p_reason, p_source, p_replied_id, p_replied_at, p_now);

  if v_is_new and p_lead_ids = '{}' then
    perform record_event(
      p_now, 'suppression', p_source => p_source,
      p_detail => jsonb_build_object('action', 'added', 'channel', p_channel, 'reason', p_reason)
    );
  end if;

  return cardinality(p_lead_ids);
end
$$;

comment on function suppress_value(uuid[], text, bytea, text, text, uuid, timestamptz, timestamptz) is
  'How many leads have the value. p_replied_id and p_replied_at as in close_opted_out. Event suppression, action added,'
  ' for each lead; one without a lead if none has the value.';
