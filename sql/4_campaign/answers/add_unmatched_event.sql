-- Adds a dead letter for what a provider told us of a lead or contact that we don't have, what is personal of it
-- sealed.
create or replace function add_unmatched_event(
  p_source text, p_payload jsonb, p_personal jsonb, p_reason text, p_now timestamptz
)
returns void
language sql volatile set search_path from current
as $$
  select add_dead_letter(
    p_source, p_payload, p_reason,
    'Find out whose it is: redrive_dlq(id, p_lead_id => …); without a lead it looks again. Or discard_dlq.',
    p_personal,
    p_now => p_now
  );
$$;

comment on function add_unmatched_event(text, jsonb, jsonb, text, timestamptz) is
  'Adds a dead letter: p_payload in clear, p_personal sealed.';
