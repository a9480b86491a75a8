-- Claims at a given time: what waits and is due, and what somebody claimed and let run out. What another is claiming or
-- working on at this moment is passed over. Rows and files need a person: nobody who just polls uses up their attempts.
create or replace function claim_dlq_at(
  p_limit int, p_lease interval, p_source text, p_opened boolean, p_now timestamptz
)
returns setof dead_letter
language plpgsql
volatile
set search_path from current
as $$
declare
  v_max_attempts int := setting('max_dlq_attempts')::int;
  v_claimed bigint;
begin
  if coalesce(p_limit, -1) < 0 or coalesce(p_lease, interval '0') <= interval '0' then
    raise exception using errcode = 'PF109',
      message = 'a claim needs a limit of zero or more and a lease above zero',
      hint = 'select * from claim_dlq(50, ''5 min'', ''delivery''); the third, which may be left out, is the step that gave up.';
  end if;

  return query
  with due as materialized (
    select q.id
      from pipeline_dlq as q
     where q.state in ('waiting', 'claimed')
       and case q.state
         when 'waiting' then coalesce(q.retry_after <= p_now, true)
         else q.lease_until <= p_now
       end
       and q.attempts < v_max_attempts
       and case when p_source is null then q.source <> 'upload' else q.source = p_source end
     order by q.retry_after nulls first, q.id
     limit p_limit
       for update skip locked
  ),

  claimed as (
    update pipeline_dlq as q
       set state = 'claimed',
           attempts = q.attempts + 1,
           lease_token = gen_random_uuid(),
           lease_until = p_now + p_lease
      from due as u
     where q.id = u.id
    returning q as letter
  )

  select
    (c.letter).id,
    (c.letter).lease_token,
    (c.letter).source,
    (c.letter).payload,
    (c.letter).reason,
    (c.letter).hint,
    (c.letter).attempts,
    (c.letter).last_error,
    (c.letter).upload_id,
    (c.letter).line_number,
    case when p_opened then opened_letter(c.letter) end,
    (c.letter).lease_until
    from claimed as c
   order by (c.letter).id;

  get diagnostics v_claimed = row_count;

  if v_claimed > 0 then
    perform record_event(
      p_now, 'dlq', jsonb_build_object('outcome', 'claimed', 'opened', coalesce(p_opened, false)),
      p_source => p_source,
      p_rows => v_claimed
    );
  end if;
end
$$;

comment on function claim_dlq_at(int, interval, text, boolean, timestamptz) is 'claim_dlq at a given time.';

revoke all on function claim_dlq_at(int, interval, text, boolean, timestamptz) from public;
