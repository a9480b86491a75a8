-- Records what became of a claimed delivery.
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
language plpgsql volatile security definer set search_path from current
as $$
begin
  return finish_delivery(p_id, p_token, p_http_status, p_duration_ms, p_retry_after, p_external_id, clock_timestamp());
end
$$;

-- Finishes at a given time. Every answer is an event of stage api, a late one too. The lead is locked before its
-- delivery, as everywhere.
create or replace function finish_delivery(
  p_id bigint,
  p_token uuid,
  p_http_status int,
  p_duration_ms int,
  p_retry_after text,
  p_external_id text,
  p_now timestamptz
)
returns text
language plpgsql volatile set search_path from current
as $$
declare
  v_delivery deliveries;
  v_outcome text;
begin
  perform
     from leads as l
    where l.id = (select d.lead_id from deliveries as d where d.id = p_id)
      for update;

  select d.* into v_delivery from deliveries as d where d.id = p_id for update;

  v_outcome := case
    when v_delivery.state is distinct from 'claimed' or v_delivery.lease_token is distinct from p_token then 'stale'
    when p_http_status between 200 and 299 then 'delivered'
    when not is_transient(p_http_status) then 'dead'
    when v_delivery.attempts >= (select c.max_attempts from campaigns as c where c.id = v_delivery.campaign_id) then 'dead'
    else 'retry'
  end;

  if v_outcome = 'dead' then
    v_delivery.last_http_status := p_http_status;
    v_delivery.external_id := coalesce(p_external_id, v_delivery.external_id);

    perform give_up_delivery(v_delivery, p_http_status, p_duration_ms, r.reason, r.hint, p_now)
       from refusal_of(p_http_status) as r;

    return v_outcome;
  end if;

  perform record_event(
    p_now, 'api', jsonb_build_object('delivery', p_id, 'outcome', v_outcome),
    p_lead_id => v_delivery.lead_id,
    p_service => coalesce(v_delivery.channel, 'unknown'),
    p_http_status => p_http_status,
    p_duration_ms => p_duration_ms
  );

  case v_outcome
    when 'delivered' then
      perform close_delivery(p_id, 'delivered', p_http_status, p_external_id, p_now);
      perform count_delivery(v_delivery, p_external_id);
    when 'retry' then
      update deliveries as d
         set state = 'pending',
             lease_token = null,
             lease_until = null,
             last_http_status = p_http_status,
             not_before = p_now + greatest(retry_delay(d.attempts), retry_after(p_retry_after, p_now))
       where d.id = p_id;
    else
      -- stale: another claim has it by now, or it was cancelled; but what was sent was sent, however late the answer is
      if v_delivery.attempts > 0 and p_http_status between 200 and 299 then
        perform count_delivery(v_delivery, null);
      end if;
  end case;

  return v_outcome;
end
$$;

comment on function finish_delivery(bigint, uuid, int, int, text, text) is
  'Finishes a delivery by the vendor''s HTTP status (null: no answer). delivered for 2xx; retry for 408, 425, 429,'
  ' 5xx and no answer, after a growing random wait or what Retry-After (seconds or an HTTP date) asks, at least;'
  ' dead for any other status, or when the campaign''s max_attempts are used up; stale if the token is not the last'
  ' one.';
comment on function finish_delivery(bigint, uuid, int, int, text, text, timestamptz) is
  'finish_delivery at a given time.';

grant execute on function finish_delivery(bigint, uuid, int, int, text, text) to pipeline_writer;
