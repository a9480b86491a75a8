-- Ends a delivery one way or the other.
create or replace function close_delivery(
  p_id bigint, p_state delivery_state, p_http_status int, p_external_id text, p_now timestamptz
)
returns void
language sql volatile set search_path from current
as $$
  update deliveries as d
     set state = p_state,
         lease_token = null,
         lease_until = null,
         last_http_status = p_http_status,
         external_id = coalesce(p_external_id, d.external_id),
         finished_at = p_now
   where d.id = p_id;
$$;

comment on function close_delivery(bigint, delivery_state, int, text, timestamptz) is
  'Sets the last state of a delivery, and when.';
