-- Answers a message whose sender isn't known for sure, or whose content isn't looked at. Nothing of it is kept but an
-- event with the true reason; the answer doesn't help a forger guess.
create or replace function refuse_message(
  p_source text, p_status int, p_outcome text, p_message text, p_reason text, p_now timestamptz
)
returns upload_receipt
language plpgsql volatile set search_path from current
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

comment on function refuse_message(text, int, text, text, text, timestamptz) is
  'A receipt without an upload, and its event of stage refused, which has the outcome, or p_reason in its place.';
