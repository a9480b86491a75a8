-- The shapes that functions answer with.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0001-foundation

do $$
begin
  create type upload_receipt as (
    status int,
    outcome text,
    message text,
    upload_id uuid,
    rows_read int,
    rows_new int,
    rows_merged int,
    rows_duplicate int,
    rows_rejected int,
    rows_quarantined int
  );
  create type feed_result as (
    status text,
    day date,
    cap int,
    fed int,
    remaining int
  );
  create type delivery as (
    id bigint,
    token uuid,
    lead_id uuid,
    campaign text,
    channel text,
    contact text,
    attempts int,
    lease_until timestamptz
  );
  create type consent_receipt as (
    outcome text,
    lead_id uuid
  );
  create type dead_letter as (
    id bigint,
    token uuid,
    source text,
    payload jsonb,
    reason text,
    hint text,
    attempts int,
    last_error text,
    upload_id uuid,
    line_number int,
    personal jsonb,
    lease_until timestamptz
  );
  create type redrive_result as (
    outcome text,
    message text,
    lead_id uuid,
    upload_id uuid
  );
exception
  when duplicate_object then null; -- a second run of this migration: all are there, or none
end
$$;

comment on type upload_receipt is
  'What became of an upload. status as in HTTP: 200 done or already done, 400, 401, 409, 413, 422, 429;'
  ' outcome machine-readable, message a sentence; rows_read is the sum of the other five.';
comment on type feed_result is
  'status: fed, not_due, locked, capped, paused, holiday or empty; the local day, its cap, how many this call fed,'
  ' how many may still be fed that day.';
comment on type delivery is
  'A claimed delivery: contact is the phone number (E.164) or e-mail address; token is needed to finish it.';
comment on type consent_receipt is 'outcome: granted, unknown, used or expired; lead_id only when granted.';
comment on type dead_letter is
  'A claimed dead letter: token is needed to work on it while the lease runs; personal is null unless asked for.';
comment on type redrive_result is
  'outcome: redriven, or waiting if it failed again and why; the lead it went to, the upload a row was redriven as.';

do $$
begin
  create type match_step as (
    key_kind text,
    key_value text,
    lead_id uuid,
    rule text,
    decision text
  );
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type match_step is
  'One step of the merge of a line: the kind of key (mak, fips_apn, address; line for what became of the line), its'
  ' value, the lead that owns it, the rule that applied, what was decided.';
