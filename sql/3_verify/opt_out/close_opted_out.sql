-- What an opt-out does to the leads that have the value: withdraws consent, cancels what waits to be sent,
-- moves those that may still move to opted_out. A lead is named in an event if any of this was news.
--
-- The caller holds the leads' locks. Consents are appended one by one, since each covers the one before; leads
-- that share a value are few.
create or replace function close_opted_out(
  p_lead_ids uuid[],
  p_is_news boolean,
  p_channel text,
  p_reason text,
  p_source text,
  p_now timestamptz
)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_withdrawn uuid[];
  v_cancelled uuid[];
  v_moved uuid[];
begin
  v_withdrawn := array(select l.id from leads as l where l.id = any(p_lead_ids) and l.consent order by l.id);

  perform append_consent(
    w.lead_id, 'withdrawn', 'opt_out',
    jsonb_build_object('channel', p_channel, 'reason', p_reason, 'source', p_source), p_now
  )
     from unnest(v_withdrawn) as w (lead_id);

  update leads as l
     set consent = false,
         updated_at = p_now
   where l.id = any(v_withdrawn);

  v_cancelled := array(select cancel_open_deliveries(p_lead_ids, null, p_now));

  -- suppress_opted_out need not ask which contact is meant
  perform set_config('pgfunnel.opting_out', opting_out_mark(), true);
  perform give_reason('opt_out');

  with moved as (
    update leads as l
       set campaign_status = 'opted_out',
           campaign_status_at = p_now,
           updated_at = p_now
      from campaign_status_transitions as t
     where l.id = any(p_lead_ids)
       and t.from_status = l.campaign_status
       and t.to_status = 'opted_out'
    returning l.id
  )

  select coalesce(array_agg(m.id), '{}') into v_moved from moved as m;

  perform set_config('pgfunnel.opting_out', '', true);

  perform record_event(
    p_now, 'suppression', p_lead_id => a.lead_id, p_source => p_source,
    p_detail => jsonb_build_object(
      'action', 'added',
      'channel', p_channel,
      'reason', p_reason,
      'withdrawn', a.lead_id = any(v_withdrawn),
      'moved', a.lead_id = any(v_moved),
      'cancelled', cardinality(array_positions(v_cancelled, a.lead_id))
    )
  )
     from unnest(p_lead_ids) as a (lead_id)
    where p_is_news
       or a.lead_id = any(v_withdrawn || v_moved || v_cancelled);
end
$$;

comment on function close_opted_out(uuid[], boolean, text, text, text, timestamptz) is
  'Event suppression, action added, for each lead that was reached anew: withdrawn, moved (whether), cancelled'
  ' (deliveries).';
