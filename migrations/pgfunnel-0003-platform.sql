-- What every stage uses: settings, events, keys, brokers, jobs.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0001-foundation

create table if not exists settings (
  key text primary key,
  value text not null,
  meaning text not null,

  -- what is mistyped would purge too much, or stop the functions that read it; without a unit an interval is seconds
  constraint settings_value_fits check (
    case
      when key like 'keep\_%' and value = 'forever' then true
      when key like 'keep\_%' or key in (
        'call_again_after', 'health_window', 'max_delivery_backoff', 'signature_tolerance', 'unfinished_upload_after'
      ) then value ~ '^[0-9]+([.][0-9]+)? [a-z]+$' and value::interval is not null
      when key in ('copy_part_bytes', 'purge_batch') then value ~ '^[1-9][0-9]{0,8}$'
      when key like 'max\_%' or key = 'uploads_per_minute' then value ~ '^[0-9]{1,9}$'
      else true
    end
  )
);

comment on table settings is
  'One row a setting. The owner changes value: a number, or a number with its unit. Keys come with a release.';
comment on column settings.meaning is 'What it does, with its unit.';

insert into settings (key, value, meaning) values
  ('key_provider', 'local',
    'Where the key-encryption key comes from: local (the table local_keys), vault or session. move_keys changes it.'),
  ('trusted_authenticator', 'authenticator',
    'The login whose JWT claims are believed: the pooled login of PostgREST. Empty: none.'),
  ('signature_tolerance', '300 s', 'How far a signed message''s time may be from the clock, either way.'),
  ('lead_upload_roles', '',
    'Roles that may call lead_upload, separated by commas: anon, for PostgREST. Granted when a release is loaded, which'
    ' takes back what was granted by hand.'),
  ('uploads_per_minute', '120', 'Verified uploads of one source in a minute; what is more gets 429.'),
  ('max_upload_bytes', '52428800', 'Bytes of one upload.'),
  ('max_upload_rows', '250000', 'Rows of one upload.'),
  ('max_upload_columns', '300', 'Columns of one upload.'),
  ('max_field_bytes', '32768', 'Bytes of one field.'),
  ('max_copied_rows', '10000000', 'Rows of one file that is copied in between begin_upload and finish_upload.'),
  ('copy_part_bytes', '4194304', 'Bytes of a file that is copied in which are parsed and staged at a time.'),
  ('unfinished_upload_after', '6 h', 'How long a file may be copied in before pipeline_health warns of it.'),
  ('max_delivery_backoff', '6 h', 'The longest wait before a delivery or a dead letter is tried again.'),
  ('call_again_after', '24 h', 'The wait before a call that was not answered is tried again.'),
  ('max_dlq_attempts', '8', 'How often a dead letter is handed out before only a person can redrive it.'),
  ('health_window', '24 h', 'How far back pipeline_health looks.'),
  ('keep_upload_rows', '180 days',
    'What became of each line of a file, and what it changed; explain_match and revert_upload need both. Or forever.'),
  ('keep_unfinished_uploads', '2 days', 'A file that was begun and not finished is discarded then. Or forever.'),
  ('keep_dead_letters', '90 days', 'Dead letters that were redriven or discarded. Or forever.'),
  ('keep_events', '800 days', 'Events, but those of consents, suppressions and erasures, which stay. Or forever.'),
  ('keep_job_runs', '400 days', 'The ledger of jobs. Or forever.'),
  ('keep_reveals', '1100 days', 'Reveals of personal data. Or forever.'),
  ('purge_batch', '50000', 'Rows of one kind that purge_expired deletes in one call.')
on conflict (key) do nothing;

create table if not exists pipeline_events (
  id bigserial primary key,
  occurred_at timestamptz not null,
  stage text not null,
  lead_id uuid,
  upload_id uuid,
  source text,
  service text,
  http_status int,
  duration_ms int,
  rows bigint,
  idempotency_key text,
  detail jsonb not null default '{}'
);

-- rows arrive in order of time: a block range index costs a tenth of a btree when inserting
create index if not exists pipeline_events_occurred_at_idx on pipeline_events using brin (occurred_at);
create unique index if not exists pipeline_events_idempotency_key_idx
  on pipeline_events (idempotency_key) where idempotency_key is not null;

comment on table pipeline_events is
  'What happened, append-only, without personal data. Every figure is counted from here.';
comment on column pipeline_events.stage is
  'upload, dedupe, verified, fed, replied, booked, and the operating ones (refused, job, api, …).';
comment on column pipeline_events.lead_id is 'No foreign key: an event outlives the lead.';
comment on column pipeline_events.source is 'The sender: the source of an upload or webhook.';
comment on column pipeline_events.service is 'The provider that was called, for events of stage api.';
comment on column pipeline_events.duration_ms is 'Milliseconds.';
comment on column pipeline_events.rows is 'How many rows the event speaks of.';
comment on column pipeline_events.idempotency_key is
  'Kind and hash of the id of an event from outside; each counts once.';
comment on column pipeline_events.detail is 'Anything else, never personal.';

create table if not exists local_keys (
  id int primary key,
  key bytea not null check (octet_length(key) = 64),
  created_at timestamptz not null default now()
);

comment on table local_keys is
  'The key-encryption key of the provider local, so that sealing is never off. Anyone with the database has it: see'
  ' health.';
comment on column local_keys.key is '32 bytes MAC key, then 32 bytes encryption key.';

create table if not exists data_keys (
  version int primary key,
  purpose text not null check (purpose in ('seal', 'index')),
  wrapped bytea not null,
  provider text not null,
  fingerprint text not null,
  created_at timestamptz not null default now()
);

create sequence if not exists data_keys_retired_seq minvalue 0 start 0 owned by data_keys.version;

comment on sequence data_keys_retired_seq is
  'Its last value is the newest version that was retired: a sequence, so that no older snapshot hides it.';

comment on table data_keys is 'The keys that seal and index, each wrapped by the key-encryption key.';
comment on column data_keys.purpose is
  'seal: documents, the newest version is used for writing. index: blind indexes, never rotated.';
comment on column data_keys.wrapped is 'The key, sealed by aead_encrypt under the key-encryption key.';
comment on column data_keys.provider is 'Which provider''s key-encryption key wraps it.';
comment on column data_keys.fingerprint is
  'First 16 hex digits of SHA-256 of the key: tells a wrong key from a damaged one.';

create table if not exists pii_reveals (
  id bigserial primary key,
  lead_id uuid not null,
  revealed_by text not null,
  broker_id uuid,
  purpose text not null,
  revealed_at timestamptz not null default now()
);

create index if not exists pii_reveals_lead_id_idx on pii_reveals (lead_id);

comment on table pii_reveals is 'Each opening of a lead''s personal data: the login, when and what for.';
comment on column pii_reveals.revealed_by is 'The login (session_user).';
comment on column pii_reveals.lead_id is 'No foreign key: the record outlives the lead.';

create table if not exists brokers (
  db_role text primary key,
  broker_id uuid not null
);

comment on table brokers is 'Which broker a database login is. A broker may have several logins.';
comment on column brokers.db_role is 'The name of the login (session_user).';
comment on column brokers.broker_id is 'As in leads.assigned_broker_id.';

do $$
begin
  create type job_run_status as enum ('running', 'done', 'failed');
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type job_run_status is 'How a job''s run of a local day stands.';

create table if not exists jobs (
  name text primary key,
  per_campaign boolean not null default false,
  run_at time,
  timezone text check (timezone is null or timestamp '2000-01-01' at time zone timezone is not null),
  days int[],
  catch_up_until time,
  enabled boolean not null default true,
  check (
    per_campaign
    or (run_at is not null and timezone is not null and days is not null and catch_up_until is not null)
  )
);

comment on table jobs is 'Work that is due once a local day.';
comment on column jobs.per_campaign is 'True: due once a day for each campaign, by the campaign''s own calendar.';
comment on column jobs.run_at is 'Local time from which the job is due.';
comment on column jobs.timezone is 'Zone of run_at, for example America/Los_Angeles.';
comment on column jobs.days is 'ISO days of the week, 1 is Monday.';
comment on column jobs.catch_up_until is 'Local time after which a missed run is given up.';

insert into jobs (name, per_campaign, run_at, timezone, days, catch_up_until) values
  ('purge_expired', false, '03:30', 'America/Los_Angeles', '{1,2,3,4,5,6,7}', '23:59'),
  ('refresh_contactable_leads', false, '05:30', 'America/Los_Angeles', '{1,2,3,4,5,6,7}', '23:59'),
  ('feed_campaign', true, null, null, null, null)
on conflict (name) do nothing;

create table if not exists job_runs (
  job text not null references jobs (name),
  subject text not null default '',
  day date not null,
  status job_run_status not null,
  attempts int not null default 1,
  started_at timestamptz not null,
  finished_at timestamptz,
  rows bigint,
  error_code text,
  error_message text,
  primary key (job, subject, day)
);

comment on table job_runs is 'The ledger of jobs: a row a job, subject and local day, so that each runs once.';
comment on column job_runs.subject is 'The campaign''s name of a job that runs for each campaign; else empty.';
comment on column job_runs.day is 'The local day in the job''s or the campaign''s zone.';
comment on column job_runs.rows is 'How many rows the run worked on.';
comment on column job_runs.error_code is 'SQLSTATE of the last failure.';

create table if not exists locks (
  name text primary key
);

comment on table locks is
  'What one transaction does at a time: hold_lock and try_lock lock the row. An advisory lock goes with it for all to'
  ' see; the row is the lock, since any login could take that.';
comment on column locks.name is 'merge, refresh_contactable_leads, feed/CAMPAIGN, job/NAME/SUBJECT, refused/00 to ff.';

-- those that are wanted at once; the others are made when they are first taken
insert into locks (name) values
  ('merge'),
  ('refresh_contactable_leads'),
  ('feed/1'),
  ('job/feed_campaign/default'),
  ('job/purge_expired/'),
  ('job/refresh_contactable_leads/')
on conflict (name) do nothing;

insert into locks (name)
select 'refused/' || lpad(to_hex(n), 2, '0') from generate_series(0, 255) as t (n)
on conflict (name) do nothing;

create table if not exists holidays (
  day date primary key,
  name text not null
);

comment on table holidays is
  'Days on which a campaign with skip_holidays feeds nothing. Seeded with the US federal ones.';

alter table settings enable row level security;
alter table pipeline_events enable row level security;
alter table local_keys enable row level security;
alter table data_keys enable row level security;
alter table pii_reveals enable row level security;
alter table brokers enable row level security;
alter table jobs enable row level security;
alter table job_runs enable row level security;
alter table locks enable row level security;
alter table holidays enable row level security;
