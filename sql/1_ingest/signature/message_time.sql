-- The time that a message's signature covers: the header as it is, or its element t=…. Tolerance and signature both
-- ask here, so that a second t can't be timely while the first is signed.
create or replace function message_time(p_scheme webhook_schemes, p_headers jsonb)
returns text
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(substring(h.value from '(?:^|,) *t=([^,]*)'), h.value)
    from (select p_headers ->> p_scheme.timestamp_header as value) as h;
$$;

comment on function message_time(webhook_schemes, jsonb) is
  'The signed time of a message as its sender wrote it; null if its scheme signs none.';
