-- Hands out what is to be sent now, each delivery to one caller for as long as the lease, with the contact in clear.
--
-- The hour comes from the clock. The time of a transaction that is held open stands still, and would let the evening's
-- calls be claimed at night.
--
-- A caller that rolls back has still read the contacts, and leaves no claim. So a line goes to the server's log, which
-- no role reaches.
--
-- Security definer: it opens contacts, which no role may do by itself, and the caller may not choose the time.
create or replace function claim_deliveries(p_channel text, p_limit int default 50, p_lease interval default '5 min')
returns setof delivery
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_count bigint;
begin
  return query select * from claim_deliveries(p_channel, p_limit, p_lease, clock_timestamp());

  get diagnostics v_count = row_count;
  if v_count > 0 then
    raise log 'pgfunnel: % contacts (%) were opened to %', v_count, p_channel, session_user;
  end if;
end
$$;

-- Claims at a given time. What is due but may not be sent at this hour is put off until it may, and what can't be sent
-- at all is given up; other deliveries take its place.
create or replace function claim_deliveries(p_channel text, p_limit int, p_lease interval, p_now timestamptz)
returns setof delivery
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_left int := p_limit;
  v_due record;
  v_id bigint;
begin
  perform check_channel(p_channel);

  if coalesce(p_limit, -1) < 0 or coalesce(p_lease, interval '0') <= interval '0' then
    raise exception using errcode = 'PF086',
      message = 'a claim needs a limit of zero or more and a lease above zero',
      hint = 'select * from claim_deliveries(''phone'', 50, ''5 min'');';
  end if;

  perform from key_ring(); -- a wrong key is an error here, before deliveries are given up whose documents the right one opens
  perform give_up_exhausted(p_channel, p_now);

  while v_left > 0 loop
    v_id := null;

    for v_due in select * from examine_deliveries(p_channel, v_left, p_now) loop
      v_id := (v_due.delivery).id;

      if v_due.problem is not null then
        perform give_up_delivery(
          v_due.delivery, null, null, v_due.problem,
          'Mend the lead or the campaign''s contact hours or max_attempts, then redrive_dlq.', p_now
        );
      elsif v_due.send_at > p_now then
        -- a caller that claimed it last and is late may still finish it
        update deliveries as d set not_before = v_due.send_at where d.id = v_id;
      else
        v_left := v_left - 1;

        return query
        update deliveries as d
           set state = 'claimed',
               attempts = d.attempts + 1,
               contact_position = v_due.contact_position,
               lease_token = gen_random_uuid(),
               lease_until = p_now + p_lease
         where d.id = v_id
        returning
          d.id, d.lease_token, d.lead_id, v_due.campaign, d.channel, v_due.contact, d.attempts, d.lease_until;
      end if;
    end loop;

    exit when v_id is null; -- nothing is due any more
  end loop;
end
$$;

comment on function claim_deliveries(text, int, interval) is
  'Claims up to p_limit deliveries of a channel, phone or email: each with its token for finish_delivery and the'
  ' contact value. Phone only within the contact hours of the property''s zone and the number''s; never a suppressed or'
  ' do-not-call value, a paused campaign or a lead that is not active. The lease must exceed the time that the whole'
  ' batch takes. What does not open becomes a dead letter. PF060 for an unknown channel, PF086 for a limit or lease'
  ' that is none; PF011, PF012 if the key is not the right one.';
comment on function claim_deliveries(text, int, interval, timestamptz) is 'claim_deliveries at a given time.';

grant execute on function claim_deliveries(text, int, interval) to pipeline_writer;
