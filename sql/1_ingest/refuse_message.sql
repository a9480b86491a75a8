-- Answers a message before its sender is known for sure. Nothing of it is kept but an event with the true reason; what
-- the sender is told doesn't help him guess.
create or replace function refuse_message(
  p_now timestamptz, p_source text, p_status int, p_outcome text, p_message text, p_reason text default null
)
returns upload_receipt
language plpgsql
volatile
set search_path from current
as $$
begin
  perform record_event(
    p_now, 'refused', jsonb_build_object('outcome', coalesce(p_reason, p_outcome)),
    p_source => left(p_source, 100),
    p_http_status => p_status
  );

  return (p_status, p_outcome, p_message, null, 0, 0, 0, 0, 0, 0)::upload_receipt;
end
$$;

comment on function refuse_message(timestamptz, text, int, text, text, text) is
  'A receipt without an upload, and its event of stage refused, in which p_reason, if given, stands for the outcome.';
