-- A broker's own new lead: a file of one row, staged and merged as any other. The answer never tells whose lead it met.
--
-- What is new becomes the broker's; what meets his own lead adds to it. A row that meets any other lead – another
-- broker's or nobody's – changes nothing and is set aside for the office, with the same answer and by the same steps:
-- under the merge's lock, so that it waits for nobody's row, and before a unique index could speak. It needs read
-- committed: an older snapshot would miss a lead made since, and the index would tell of it.
--
-- A broker gives no vendor's keys: a guessed one would make later files meet his lead.
--
-- A broker that rolls back has still seen whether his lead was new, and leaves neither an upload that counts nor a dead
-- letter. So each call writes a line to the server's log, which no role can read or undo.
--
-- Security definer: only the owner may write to staging, keys and sealed documents.
create or replace function submit_lead(p_lead jsonb)
returns text
language plpgsql volatile security definer set search_path from current
as $$
begin
  return submit_lead(p_lead, clock_timestamp());
end
$$;

create or replace function submit_lead(p_lead jsonb, p_now timestamptz)
returns text
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_broker_id uuid := current_broker_id();
  v_source text := 'broker/' || v_broker_id;
  v_row leads_staging;
  v_upload_id uuid;
begin
  if v_broker_id is null then
    raise exception using errcode = 'PF070',
      message = 'this session is no broker''s',
      hint = 'Let the owner list the login in brokers, or come through the trusted authenticator with a JWT.';
  end if;

  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'PF074',
      message = 'a lead is submitted under read committed only',
      hint = 'begin isolation level read committed; then submit_lead.';
  end if;

  if not is_within_rate(v_source, p_now) then
    return 'rejected: too many leads in this minute, submit it later';
  end if;

  raise log 'pgfunnel: % submitted a lead for broker %', session_user, v_broker_id;

  v_row := stage_submitted(p_lead);

  if v_row.outcome is not null then
    return 'rejected: ' || v_row.reason;
  end if;

  insert into uploads (source, received_at) values (v_source, p_now) returning id into v_upload_id;
  perform hold_lock('merge');

  -- no branch here, and none below: time would tell
  v_row.outcome := case when exists (
    select from leads as l where l.addr_hash = v_row.addr_hash and l.assigned_broker_id is distinct from v_broker_id
  ) then 'quarantined'::row_outcome end;
  v_row.reason := case v_row.outcome when 'quarantined' then 'a broker submitted a lead that is not his' end;

  insert into leads_staging (upload_id, line_number, addr_hash, email, phone, contacts, raw, outcome, reason)
  values (
    v_upload_id, v_row.line_number, v_row.addr_hash, v_row.email, v_row.phone, v_row.contacts, v_row.raw,
    v_row.outcome, v_row.reason
  );

  perform merge_staged(v_upload_id, p_now);

  update leads as l
     set assigned_broker_id = v_broker_id
    from upload_rows as r
   where r.upload_id = v_upload_id
     and r.outcome = 'new'
     and l.id = r.lead_id;

  return 'accepted';
end
$$;

comment on function submit_lead(jsonb) is
  'p_lead: {canonical field: text} of header_aliases: property_street, property_zip, first_name, phone_1, email_1, ….'
  ' accepted, also if another broker has the lead; or rejected: and why, which depends on p_lead alone and on how many'
  ' came in the'
  ' minute. PF070 for a session that is no broker''s, PF074 under another isolation level than read committed.';
comment on function submit_lead(jsonb, timestamptz) is 'submit_lead at a given time.';

grant execute on function submit_lead(jsonb) to pipeline_broker;
