-- Keeps what a provider told us of somebody we don't know, what is personal of it sealed.
create or replace function keep_unknown(p_source text, p_payload jsonb, p_personal jsonb, p_reason text)
returns void
language sql
volatile
set search_path from current
as $$
  select add_dead_letter(
    p_source, p_payload, p_reason,
    'Find out whose it is: redrive_dlq(id, p_lead_id => …); without a lead it looks again. Or discard_dlq.',
    p_personal
  );
$$;

comment on function keep_unknown(text, jsonb, jsonb, text) is 'Adds a dead letter whose personal part is sealed.';
