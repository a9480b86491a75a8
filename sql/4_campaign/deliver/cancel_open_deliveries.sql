-- Cancels what waits to be sent or is being sent. A caller that has claimed such a delivery is answered stale when it
-- finishes it.
create or replace function cancel_open_deliveries(p_lead_ids uuid[], p_channel text, p_now timestamptz)
returns setof uuid
language sql volatile set search_path from current
as $$
  update deliveries as d
     set state = 'cancelled',
         lease_token = null,
         lease_until = null,
         finished_at = p_now
   where d.lead_id = any(p_lead_ids)
     and d.state in ('pending', 'claimed')
     and (d.channel = p_channel or p_channel is null)
  returning d.lead_id;
$$;

comment on function cancel_open_deliveries(uuid[], text, timestamptz) is
  'Cancels the pending and claimed deliveries of these leads, on one channel or, null, on all; returns the lead of'
  ' each. The caller holds the leads'' locks.';
