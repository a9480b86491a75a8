-- Suppresses a value and reaches every lead that has it: state, consent, open deliveries.
--
-- The suppression alone keeps the value from being contacted, now and after any import; the rest makes the
-- leads say so. Where there is a later opt-out the newest counts, so that a consent between the two does not
-- undo the last word. A consent of another lead with the same value is withdrawn too: the person behind the
-- value has spoken.
create or replace function suppress_value(
  p_channel text,
  p_value_hash bytea,
  p_reason text,
  p_source text,
  p_now timestamptz
)
returns int
language plpgsql
volatile
set search_path from current
as $$
declare
  v_lead_ids uuid[];
  v_is_news boolean;
begin
  -- the leads first, as everybody locks; a lead that comes in meanwhile meets the suppression
  v_lead_ids := lock_leads_of_contact(p_channel, p_value_hash);

  insert into suppressions as s (channel, value_hash, reason, source, suppressed_at)
  values (p_channel, p_value_hash, p_reason, p_source, p_now)
  on conflict (channel, value_hash) do update
     set reason = excluded.reason,
         source = excluded.source,
         suppressed_at = excluded.suppressed_at
   where s.suppressed_at < excluded.suppressed_at
  returning s.xmax = 0 into v_is_news;

  perform close_opted_out(v_lead_ids, coalesce(v_is_news, false), p_channel, p_reason, p_source, p_now);

  if v_is_news and v_lead_ids = '{}' then
    perform record_event(
      p_now, 'suppression', p_source => p_source,
      p_detail => jsonb_build_object('action', 'added', 'channel', p_channel, 'reason', p_reason)
    );
  end if;

  return cardinality(v_lead_ids);
end
$$;

comment on function suppress_value(text, bytea, text, text, timestamptz) is
  'How many leads have the value. Event suppression, action added, for each lead; one without a lead if none has the'
  ' value.';
