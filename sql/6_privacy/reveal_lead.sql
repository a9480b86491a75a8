-- Opens one lead's personal data to a caller that names a purpose, and records it. A service may open any lead, a
-- broker only their own; a broker can't tell another's lead from one that doesn't exist.
--
-- A caller that rolls back has still read the data but leaves no record; so the server's log, which no role reaches,
-- gets a line too.
--
-- Security definer: the document, the keys and the record are the owner's alone.
create or replace function reveal_lead(p_lead_id uuid, p_purpose text)
returns jsonb
language plpgsql volatile security definer set search_path from current
as $$
declare
  v_now timestamptz := clock_timestamp();
  v_broker_id uuid := current_broker_id();
  v_pii jsonb;
begin
  if coalesce(btrim(p_purpose), '') = '' then
    raise exception using errcode = 'PF075',
      message = 'a reveal needs a purpose',
      hint = 'Pass a short word for it, for example ''call back''.';
  end if;

  perform
     from leads as l
    where l.id = p_lead_id
      and (pg_has_role(calling_role(), 'pipeline_writer', 'usage') or l.assigned_broker_id = v_broker_id);

  if not found then
    raise exception using errcode = 'PF071',
      message = format('you have no lead %s', coalesce(p_lead_id::text, 'null')),
      hint = 'select id from my_leads lists a broker''s; a service opens any of leads.';
  end if;

  v_pii := lead_pii(p_lead_id);

  insert into pii_reveals (lead_id, revealed_at, revealed_by, broker_id, purpose)
  values (p_lead_id, v_now, session_user, v_broker_id, mask_contacts(btrim(p_purpose)));

  perform record_event(v_now, 'revealed', p_lead_id => p_lead_id);
  raise log 'pgfunnel: lead % was opened to %', p_lead_id, session_user;

  return v_pii;
end
$$;

comment on function reveal_lead(uuid, text) is
  'The lead''s document, as lead_pii; null if it has none. Recorded in pii_reveals and as an event of stage revealed.'
  ' PF075 without a purpose, PF071 for a lead that doesn''t exist or isn''t the broker''s.';

grant execute on function reveal_lead(uuid, text) to pipeline_writer, pipeline_broker;
