-- What an opt-out does to the leads that have the value: it withdraws their consent, cancels what waits to be sent and
-- moves each lead that may still move to opted_out, all in one update a lead. The reply that said so is noted with it.
--
-- The caller holds the leads' locks and has written the suppression, by which the trigger suppress_opted_out knows that
-- nobody moved these leads by hand. Consents are appended one by one, since each link of the chain covers the one
-- before; leads that share a value are few.
create or replace function close_opted_out(
  p_lead_ids uuid[],
  p_is_new boolean,
  p_channel text,
  p_reason text,
  p_source text,
  p_replied_id uuid,
  p_replied_at timestamptz,
  p_now timestamptz
)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_withdrawn uuid[];
  v_cancelled uuid[];
  v_moved uuid[];
begin
  select
    coalesce(array_agg(l.id order by l.id) filter (where l.consent), '{}'),
    coalesce(array_agg(l.id) filter (where t.to_status is not null), '{}')
    into v_withdrawn, v_moved
    from leads as l
    left join campaign_status_transitions as t on t.from_status = l.campaign_status and t.to_status = 'opted_out'
   where l.id = any(p_lead_ids);

  perform append_consent(
    w.lead_id, 'withdrawn', 'opt_out',
    jsonb_build_object('channel', p_channel, 'reason', p_reason, 'source', p_source), p_now
  )
     from unnest(v_withdrawn) as w (lead_id);

  v_cancelled := array(select cancel_open_deliveries(p_lead_ids, null, p_now));

  perform give_reason('opt_out');

  update leads as l
     set consent = false,
         campaign_status = case when l.id = any(v_moved) then 'opted_out' else l.campaign_status end,
         campaign_status_at = case
           when l.id <> all(v_moved) then l.campaign_status_at
           when l.campaign_status_at = p_now then p_now + interval '1 microsecond' -- each move has a time of its own
           else p_now
         end,
         last_reply_at = greatest(l.last_reply_at, case when l.id = p_replied_id then p_replied_at end),
         updated_at = p_now
   where l.id = any(v_withdrawn || v_moved || p_replied_id);

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
    where p_is_new
       or a.lead_id = any(v_withdrawn || v_moved || v_cancelled);
end
$$;

comment on function close_opted_out(uuid[], boolean, text, text, text, uuid, timestamptz, timestamptz) is
  'p_replied_id: the lead whose reply of p_replied_at this is; null for none. Event suppression, action added, for each'
  ' lead if p_is_new, else for those that changed: withdrawn, moved (whether), cancelled (deliveries).';
