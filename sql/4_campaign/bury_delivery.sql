-- The dead letter of a delivery that is given up.
create or replace function bury_delivery(p_delivery deliveries, p_http_status int)
returns void
language sql
volatile
set search_path from current
as $$
  select add_dead_letter(
    'delivery',
    jsonb_build_object(
      'delivery', p_delivery.id,
      'lead', p_delivery.lead_id,
      'channel', p_delivery.channel,
      'attempts', p_delivery.attempts
    ),
    coalesce('the vendor answered ' || p_http_status, 'the vendor did not answer'),
    case
      when is_transient(p_http_status) then 'All attempts are used up: see whether the vendor works, then redrive_dlq.'
      when p_http_status in (401, 403) then 'The vendor does not accept our key: renew it, then redrive_dlq.'
      else 'The vendor does not take this message: see what it says of the lead''s contact.'
    end
  );
$$;

comment on function bury_delivery(deliveries, int) is 'Adds a delivery to pipeline_dlq, with reason and hint.';

revoke all on function bury_delivery(deliveries, int) from public;
