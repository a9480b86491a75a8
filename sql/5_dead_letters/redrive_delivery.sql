-- Makes a dead delivery pending again, with all its attempts, if its lead may still be contacted on the channel. The
-- lead is locked before its delivery, as an opt-out does it.
create or replace function redrive_delivery(p_letter pipeline_dlq, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_id bigint := (p_letter.payload ->> 'delivery')::bigint;
  v_delivery deliveries;
  v_status campaign_status;
  v_has_attempts boolean;
  v_obstacle text;
begin
  select l.campaign_status, l.call_attempt_count < c.max_attempts
    into v_status, v_has_attempts
    from leads as l
    join campaigns as c on c.id = l.campaign_id
   where l.id = (select d.lead_id from deliveries as d where d.id = v_id)
     for update of l;

  select d.* into v_delivery from deliveries as d where d.id = v_id for update;

  v_obstacle := case
    when v_delivery.id is null then 'the delivery is gone'
    when v_delivery.state <> 'dead' then format('the delivery is %s', v_delivery.state)
    when v_status <> 'active' then format('the lead is %s', v_status)
    when usable_contact(v_delivery.lead_id, v_delivery.channel) is null
      or not exists (
        select
          from contactable as t
         where t.lead_id = v_delivery.lead_id
           and t.campaign_id = v_delivery.campaign_id
      )
      then 'the lead may not be contacted on this channel'
    when v_delivery.channel = 'phone' and not v_has_attempts
      then 'the lead was called as often as its campaign allows'
  end;

  if v_obstacle is not null then
    return ('waiting', v_obstacle, v_delivery.lead_id, null)::redrive_result;
  end if;

  update deliveries as d
     set state = 'pending',
         attempts = 0,
         not_before = p_now,
         finished_at = null
   where d.id = v_id;

  return ('redriven', 'the delivery is pending', v_delivery.lead_id, null)::redrive_result;
end
$$;

comment on function redrive_delivery(pipeline_dlq, timestamptz) is
  'redriven: the delivery is claimed from now on. waiting: it is not dead any more, or its lead is not contactable.';
