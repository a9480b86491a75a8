-- Deliveries that no service works on: claimed and never finished, or due for more than a day. It is no fault that
-- those of a lead that is no longer active, or of a channel that its campaign no longer has, aren't claimed.
create or replace function health_of_deliveries(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'stuck_deliveries',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'none'
      else format(
        '%s: %s claimed and not finished an hour after the lease, %s due for more than a day',
        counted(count(*), 'delivery', 'deliveries'),
        count(*) filter (where d.state = 'claimed'),
        count(*) filter (where d.state = 'pending')
      )
    end,
    case
      when count(*) > 0
        then format(
          'Does anything still call claim_deliveries and finish_delivery for %s? See its last runs.',
          string_agg(distinct d.channel, ' and ')
        )
    end
    from deliveries as d
    join leads as l on l.id = d.lead_id
    join campaigns as c on c.id = d.campaign_id
   where (
       (d.state = 'claimed' and d.lease_until < p_now - interval '1 hour')
       or (d.state = 'pending' and d.not_before < p_now - interval '1 day')
     )
     and l.campaign_status = 'active'
     and d.channel = any(c.channels);
$$;

comment on function health_of_deliveries(timestamptz) is
  'Check stuck_deliveries: warns of those whose lease ended over an hour ago or that are due for over a day.';
