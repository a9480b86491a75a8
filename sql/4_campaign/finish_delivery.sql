-- Tells what became of a claimed delivery.
--
-- Security definer: the outbox is written by functions alone, and the caller may not choose the time.
create or replace function finish_delivery(
  p_id bigint,
  p_token uuid,
  p_http_status int,
  p_duration_ms int default null,
  p_retry_after text default null,
  p_external_id text default null
)
returns text
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return finish_delivery_at(p_id, p_token, p_http_status, p_duration_ms, p_retry_after, p_external_id, now());
end
$$;

comment on function finish_delivery(bigint, uuid, int, int, text, text) is
  'Finishes a delivery by the vendor''s HTTP status (null: no answer). delivered for 2xx; retry for 408, 425, 429,'
  ' 5xx and no answer, after a growing random wait or what Retry-After (seconds or an HTTP date) asks, at least;'
  ' dead for any other status, or when the campaign''s max_attempts are used up; stale if the token is not the last'
  ' one.';

revoke all on function finish_delivery(bigint, uuid, int, int, text, text) from public;
grant execute on function finish_delivery(bigint, uuid, int, int, text, text) to pipeline_writer;
