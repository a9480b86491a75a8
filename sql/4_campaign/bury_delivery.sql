-- The dead letter of a delivery that is given up.
create or replace function bury_delivery(p_delivery deliveries, p_http_status int)
returns void
language sql
volatile
set search_path from current
as $$
  insert into pipeline_dlq (source, payload, reason, hint, attempts)
  values (
    'delivery',
    jsonb_build_object('delivery', p_delivery.id, 'lead', p_delivery.lead_id, 'channel', p_delivery.channel),
    coalesce('the vendor answered ' || p_http_status, 'the vendor did not answer'),
    case
      when is_transient(p_http_status) then 'All attempts are used up: see whether the vendor works.'
      when p_http_status in (401, 403) then 'The vendor does not accept our key: renew it.'
      else 'The vendor does not take this message: see what it says of the lead''s contact.'
    end,
    p_delivery.attempts
  );
$$;

comment on function bury_delivery(deliveries, int) is 'Adds a delivery to pipeline_dlq, with reason and hint.';

revoke all on function bury_delivery(deliveries, int) from public;
