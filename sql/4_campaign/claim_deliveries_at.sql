-- Claims at a given time. What is due and may not be sent at this hour is put off until it may, what can't be sent at
-- all is given up, and others take its place.
create or replace function claim_deliveries_at(p_channel text, p_limit int, p_lease interval, p_now timestamptz)
returns setof delivery
language plpgsql
volatile
set search_path from current
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

  perform from key_ring(); -- a wrong key is an error here, before documents are given up that it would open
  perform bury_exhausted(p_channel, p_now);

  while v_left > 0 loop
    v_id := null;

    for v_due in select * from examine_deliveries(p_channel, v_left, p_now) loop
      v_id := (v_due.delivery).id;

      if v_due.problem is not null then
        perform drop_delivery(
          v_due.delivery, v_due.problem,
          'Mend the lead or the campaign''s contact hours or max_attempts, then redrive_dlq.', p_now
        );
      elsif v_due.send_at > p_now then
        -- who claimed it last and is late may still finish it
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

comment on function claim_deliveries_at(text, int, interval, timestamptz) is 'claim_deliveries at a given time.';

revoke all on function claim_deliveries_at(text, int, interval, timestamptz) from public;
