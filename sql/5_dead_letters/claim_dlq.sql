-- Hands out dead letters, each to one caller for the length of the lease. A caller that rolls back has still read what
-- was opened, but leaves no event; so the server's log, which no role reaches, gets a line too.
--
-- Security definer: it writes leases and may open what is sealed, and the caller may not choose the time.
create or replace function claim_dlq(
  p_limit int default 50, p_lease interval default '5 min', p_source text default null, p_opened boolean default false
)
returns setof dead_letter
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_count bigint;
begin
  return query select * from claim_dlq(p_limit, p_lease, p_source, p_opened, clock_timestamp());

  get diagnostics v_count = row_count;
  if p_opened and v_count > 0 then
    raise log 'pgfunnel: % dead letters were opened to %', v_count, session_user;
  end if;
end
$$;

-- Claims at a given time what waits and is due, and what was claimed with a lease that has run out. Letters that
-- another session is working on are skipped. Rows and files need a person, so polling without a source doesn't use up
-- their attempts.
create or replace function claim_dlq(p_limit int, p_lease interval, p_source text, p_opened boolean, p_now timestamptz)
returns setof dead_letter
language plpgsql volatile set search_path from current
as $$
declare
  v_max_attempts int := setting('max_dlq_attempts')::int;
  v_letters pipeline_dlq[];
  v_letter pipeline_dlq;
  v_personal jsonb;
  v_problem text;
begin
  if coalesce(p_limit, -1) < 0 or coalesce(p_lease, interval '0') <= interval '0' then
    raise exception using errcode = 'PF086',
      message = 'a claim needs a limit of zero or more and a lease above zero',
      hint = 'select * from claim_dlq(50, ''5 min'', ''delivery''); the third, the step that gave up, is optional.';
  end if;

  with due as materialized (
    select q.id
      from pipeline_dlq as q
     where q.state in ('waiting', 'claimed')
       and case q.state when 'waiting' then coalesce(q.retry_after <= p_now, true) else q.lease_until <= p_now end
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

  select array_agg(c.letter) into v_letters from claimed as c;

  -- opened by a statement of its own: a letter resealed during the claim needs a key that the claim doesn't see
  for v_letter in select l.* from unnest(v_letters) as l order by l.id loop
    select o.personal, o.problem into v_personal, v_problem from open_dead_letter(v_letter) as o where p_opened;
    update pipeline_dlq as q set last_error = v_problem where q.id = v_letter.id and v_problem is not null;

    return next (
      v_letter.id, v_letter.lease_token, v_letter.source, v_letter.payload, v_letter.reason, v_letter.hint,
      v_letter.attempts, coalesce(v_problem, v_letter.last_error), v_letter.upload_id, v_letter.line_number,
      v_personal, v_letter.lease_until
    )::dead_letter;
  end loop;

  if v_letters is not null then
    perform record_event(
      p_now, 'dlq', jsonb_build_object('outcome', 'claimed', 'opened', coalesce(p_opened, false)) || case
        when p_opened -- as pii_reveals does for leads: what, and to whom
          then jsonb_build_object('letters', array(select (unnest(v_letters)).id order by 1), 'by', session_user)
        else '{}'
      end,
      p_source => p_source,
      p_rows => cardinality(v_letters)
    );
  end if;
end
$$;

comment on function claim_dlq(int, interval, text, boolean) is
  'Claims up to p_limit due dead letters, the longest due first. p_source: the step that gave up, as in'
  ' pipeline_dlq.source (delivery, reply, call, bounce, booking, or what send_to_dlq was given; not the vendor). Null:'
  ' all but upload, whose rows and files need a person. With the token the caller redrives, corrects, decides, discards'
  ' or finishes a letter; otherwise another may claim it after the lease. After settings.max_dlq_attempts claims it is'
  ' left to a person. p_opened: with its personal part, which is recorded as an event; a part that doesn''t open is'
  ' null and last_error says why. PF086 without a limit or lease.';
comment on function claim_dlq(int, interval, text, boolean, timestamptz) is 'claim_dlq at a given time.';

grant execute on function claim_dlq(int, interval, text, boolean) to pipeline_writer;
