-- The dead letter of a delivery that is given up.
create or replace function bury_delivery(p_delivery deliveries, p_reason text, p_hint text)
returns bigint
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
    p_reason,
    p_hint
  );
$$;

comment on function bury_delivery(deliveries, text, text) is
  'Adds a delivery to pipeline_dlq; returns the letter''s id.';
