-- What the end of a call does to the delivery that ordered it, and to a lead that was called as often as its campaign
-- allows: the lead is failed.
--
-- A lead that was not reached is called again, after call_again_after, or after a failure of the vendor as soon as
-- deliveries are retried. A lead that was reached is not called again, even if its delivery is still claimed because
-- the vendor's answer is late, and even if the end of another call is recorded after that one.
--
-- The caller holds the lead's lock, and takes the delivery's after it, as everywhere.
create or replace function settle_call(p_lead_id uuid, p_vapi_call_id text, p_outcome text, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_lead leads;
  v_max_attempts int;
  v_delivery deliveries;
  v_is_settled boolean;
begin
  select l.* into v_lead from leads as l where l.id = p_lead_id;
  select c.max_attempts into v_max_attempts from campaigns as c where c.id = v_lead.campaign_id;

  select d.* into v_delivery
    from deliveries as d
   where d.lead_id = p_lead_id
     and d.campaign_id = v_lead.campaign_id
     and d.channel = 'phone'
   order by d.sequence_step desc
   limit 1
     for update;

  if found then
    update leads as l
       set current_sequence_step = greatest(l.current_sequence_step, v_delivery.sequence_step)
     where l.id = p_lead_id;
  end if;

  v_is_settled := v_delivery.is_settled is true or p_outcome in ('reached', 'cancelled');

  update deliveries as d
     set is_settled = true
   where d.id = v_delivery.id
     and d.state in ('pending', 'claimed', 'delivered')
     and v_is_settled;

  if v_is_settled or v_lead.call_attempt_count >= v_max_attempts then
    perform close_delivery(v_delivery.id, 'delivered', v_delivery.last_http_status, p_vapi_call_id, p_now)
      where v_delivery.state in ('pending', 'claimed');
  elsif v_lead.campaign_status in ('active', 'paused') and usable_contact(p_lead_id, 'phone') is not null then
    update deliveries as d
       set state = 'pending',
           lease_token = null,
           lease_until = null,
           external_id = coalesce(p_vapi_call_id, d.external_id),
           finished_at = null,
           -- a failed call leaves its delivery one attempt at least
           attempts = case p_outcome when 'failed' then least(d.attempts, v_max_attempts - 1) else 0 end,
           not_before = p_now + case p_outcome
             when 'tried' then setting('call_again_after')::interval
             when 'failed' then retry_delay(d.attempts)
             else interval '0'
           end
     where d.id = v_delivery.id
       and d.state in ('pending', 'claimed', 'delivered');
  end if;

  if p_outcome = 'tried'
    and not v_is_settled
    and v_lead.campaign_status = 'active'
    and v_lead.call_attempt_count >= v_max_attempts
  then
    perform give_reason('record_call');

    update leads as l
       set campaign_status = 'failed',
           campaign_status_at = p_now,
           updated_at = p_now
     where l.id = p_lead_id;
  end if;
end
$$;

comment on function settle_call(uuid, text, text, timestamptz) is
  'Ends the lead''s last delivery by phone, or makes it pending again; a lead whose attempts are used up is failed.';
