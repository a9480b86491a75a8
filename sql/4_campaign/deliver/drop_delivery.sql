-- Gives up a delivery that nobody can send or finish: it ends, with a dead letter and an event.
create or replace function drop_delivery(p_delivery deliveries, p_reason text, p_hint text, p_now timestamptz)
returns void
language sql
volatile
set search_path from current
as $$
  select
    close_delivery(p_delivery.id, 'dead', p_delivery.last_http_status, null, p_now),
    bury_delivery(p_delivery, p_reason, p_hint),
    record_event(
      p_now, 'api', jsonb_build_object('delivery', p_delivery.id, 'outcome', 'dead'),
      p_lead_id => p_delivery.lead_id,
      p_service => p_delivery.channel
    );
$$;

comment on function drop_delivery(deliveries, text, text, timestamptz) is
  'Makes a delivery dead without an answer of the vendor.';
