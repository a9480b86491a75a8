-- Gives up a delivery that can't be sent or finished: it ends as dead, with an event and a dead letter.
create or replace function give_up_delivery(
  p_delivery deliveries, p_http_status int, p_duration_ms int, p_reason text, p_hint text, p_now timestamptz
)
returns void
language sql volatile set search_path from current
as $$
  select
    close_delivery(p_delivery.id, 'dead', p_delivery.last_http_status, p_delivery.external_id, p_now),
    record_event(
      p_now, 'api', jsonb_build_object('delivery', p_delivery.id, 'outcome', 'dead'),
      p_lead_id => p_delivery.lead_id,
      p_service => p_delivery.channel,
      p_http_status => p_http_status,
      p_duration_ms => p_duration_ms
    ),
    add_dead_letter(
      'delivery',
      jsonb_build_object(
        'delivery', p_delivery.id,
        'lead', p_delivery.lead_id,
        'channel', p_delivery.channel,
        'attempts', p_delivery.attempts
      ),
      p_reason,
      p_hint,
      p_now => p_now
    );
$$;

comment on function give_up_delivery(deliveries, int, int, text, text, timestamptz) is
  'Makes a delivery dead. p_http_status and p_duration_ms are the vendor''s answer, for the event; null without one.';
