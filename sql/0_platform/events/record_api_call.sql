-- One call of a vendor's API, for api_daily: how it answered, how long it took.
--
-- Security definer: events are appended by functions alone.
create or replace function record_api_call(
  p_service text, p_http_status int, p_duration_ms int, p_detail jsonb default null
)
returns void
language plpgsql volatile security definer set search_path from current
as $$
begin
  if coalesce(btrim(p_service), '') = '' then
    raise exception using errcode = 'PF111',
      message = 'a call needs the service that was called',
      hint = 'Pass a short word for the vendor, for example ''melissa''.';
  end if;

  perform record_event(
    clock_timestamp(), 'api', mask_detail(p_detail), p_service => lower(btrim(p_service)), p_http_status => p_http_status,
    p_duration_ms => p_duration_ms
  );
end
$$;

comment on function record_api_call(text, int, int, jsonb) is
  'Writes an event of stage api. The status is null where nothing was answered (time-out); the duration is in'
  ' milliseconds; phone numbers and e-mail addresses in the detail are masked. PF111 without a service.';

grant execute on function record_api_call(text, int, int, jsonb) to pipeline_writer;
