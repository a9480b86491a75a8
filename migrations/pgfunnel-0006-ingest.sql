-- What arrives: sources and their secrets, uploads, staging, the replay guard, dead letters.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0004-leads

create table if not exists webhook_schemes (
  scheme text primary key,
  verifier text not null,
  signature_header text not null,
  message_id_header text,
  timestamp_header text,
  secret_form text not null check (secret_form in ('whsec', 'text')),
  meaning text not null
);

comment on table webhook_schemes is
  'The ways in which messages are signed. The headers a row names must all be there. An own row may name a verifier'
  ' that exists with the vendor''s own header.';
comment on column webhook_schemes.verifier is
  'The function that decides: (webhook_schemes, source text, headers jsonb, body bytea, now timestamptz) → boolean.';
comment on column webhook_schemes.signature_header is 'Lower case, as the other headers.';
comment on column webhook_schemes.message_id_header is 'Null: the scheme has no message id.';
comment on column webhook_schemes.timestamp_header is
  'Holds the signed time, alone or as t=…. Null: the scheme signs no time, and only the replay guard stops a replay.';
comment on column webhook_schemes.secret_form is 'whsec: whsec_ and base64. text: the key is the text itself.';

-- no foreign key to the scheme: reference rows are loaded after this and cleared before it
create table if not exists webhook_sources (
  source text primary key,
  scheme text not null,
  created_at timestamptz not null default now()
);

comment on table webhook_sources is 'The senders of signed messages, and the scheme by which each signs.';
comment on column webhook_sources.scheme is 'As in webhook_schemes; set_signing_secret sees to it.';

create table if not exists webhook_secrets (
  id bigserial primary key,
  source text not null references webhook_sources (source) on delete cascade,
  secret bytea not null,
  valid_from timestamptz not null,
  valid_until timestamptz,
  check (valid_until > valid_from)
);

create index if not exists webhook_secrets_source_idx on webhook_secrets (source);

comment on table webhook_secrets is 'The secrets of a source. While it changes its secret, two are valid.';
comment on column webhook_secrets.secret is 'Sealed, context webhook_secrets.secret/ID.';
comment on column webhook_secrets.valid_until is 'Null: until it is replaced.';

do $$
begin
  create type upload_status as enum ('receiving', 'done', 'refused', 'reverted');
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type upload_status is
  'How an upload stands. receiving is seen by others only for a file that is copied in. reverted: it was done, and'
  ' what it did was taken back as far as later facts allow.';

do $$
begin
  create type row_outcome as enum ('new', 'merged', 'duplicate', 'rejected', 'quarantined');
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type row_outcome is
  'What became of a row. new: made a lead. merged: met one. duplicate: met one that this file made or met before.'
  ' rejected: unreadable or without a key. quarantined: its keys point at different leads.';

create table if not exists uploads (
  id uuid primary key default gen_random_uuid(),
  source text not null,
  file_name text,
  message_id text,
  content_sha256 text,
  bytes bigint,
  status upload_status not null default 'receiving',
  outcome text,
  message text,
  rows_read int not null default 0,
  rows_new int not null default 0,
  rows_merged int not null default 0,
  rows_duplicate int not null default 0,
  rows_rejected int not null default 0,
  rows_quarantined int not null default 0,
  unknown_columns text[] not null default '{}',
  received_at timestamptz not null,
  staged_ms int,
  merged_ms int,
  merge_number bigint unique,
  finished_at timestamptz,
  redrive_of bigint,
  check (
    status not in ('done', 'reverted')
    or rows_read = rows_new + rows_merged + rows_duplicate + rows_rejected + rows_quarantined
  )
);

create index if not exists uploads_received_at_idx on uploads (received_at desc);
-- how many a source sent in the last minute
create index if not exists uploads_source_received_at_idx on uploads (source, received_at);

create sequence if not exists uploads_merge_number_seq owned by uploads.merge_number;

comment on table uploads is
  'One row a file that arrived, also one that was refused; and one a row of a file that was redriven.';
comment on column uploads.message_id is 'The signed message''s id, where its scheme has one.';
comment on column uploads.outcome is 'Machine-readable: merged, bad_signature, … The answer''s outcome.';
comment on column uploads.message is 'The answer''s sentence.';
comment on column uploads.unknown_columns is 'Headers that no alias knows; their values are kept.';
comment on column uploads.staged_ms is 'Milliseconds from the first byte to all rows staged.';
comment on column uploads.merged_ms is 'Milliseconds of the merge.';
comment on column uploads.merge_number is 'The order in which uploads were merged: one waits for the other.';
comment on column uploads.redrive_of is
  'The dead letter whose row it is, merged anew; null for a file. No foreign key: letters are purged.';

create table if not exists upload_rows (
  upload_id uuid not null,
  line_number int not null,
  outcome row_outcome not null,
  lead_id uuid,
  mak text,
  county_fips text,
  apn text,
  addr_hash text,
  primary key (upload_id, line_number)
);

comment on table upload_rows is
  'What became of each line of an upload. Nothing personal. No foreign key: one file would check it 100,000 times.';
comment on column upload_rows.line_number is 'Physical line on which the record starts; the header''s is 1.';
comment on column upload_rows.lead_id is 'The lead it made or met; null if rejected or quarantined.';

create table if not exists upload_changes (
  upload_id uuid not null references uploads (id) on delete cascade,
  lead_id uuid not null,
  before jsonb not null,
  after jsonb not null,
  before_pii bytea,
  primary key (upload_id, lead_id)
);

comment on table upload_changes is
  'What an upload changed in leads that it met. Of leads that it made, upload_rows tells.';
comment on column upload_changes.before is
  'The columns in clear that it changed, as they were: {column: value, …}; a value may be null.';
comment on column upload_changes.after is 'The same columns as it left them.';
comment on column upload_changes.before_pii is
  'leads.pii as it was, if the document changed: sealed, for its place in leads.';

create table if not exists upload_remains (
  upload_id uuid not null references uploads (id) on delete cascade,
  lead_id uuid not null,
  what text not null,
  reason text not null,
  primary key (upload_id, lead_id, what)
);

comment on table upload_remains is 'What is left of an upload that was reverted, and why. Nothing personal.';
comment on column upload_remains.what is
  'lead: one that the upload made; else a column of leads, a field of the sealed document, or a contact by its'
  ' position: phone 2.';

create table if not exists leads_staging (
  upload_id uuid not null,
  line_number int not null,
  mak text,
  county_fips text,
  apn text,
  addr_hash text,
  email text,
  phone text,
  contacts jsonb not null default '[]',
  raw jsonb not null,
  outcome row_outcome,
  reason text,
  loaded_at timestamptz not null default now(),
  primary key (upload_id, line_number)
);

comment on table leads_staging is
  'Rows of an upload until its merge commits; emptied then. No foreign key, as upload_rows has none.';
comment on column leads_staging.county_fips is 'With apn the second key; null unless both are known.';
comment on column leads_staging.email is 'First e-mail, normalised.';
comment on column leads_staging.phone is 'First phone, normalised: E.164.';
comment on column leads_staging.contacts is
  'Every e-mail and phone in order: [{"field", "channel", "value" (normalised), "line_type", "do_not_call"}, …].';
comment on column leads_staging.raw is
  'The rest of the row: {canonical field: text, …}, empty values left out; unknown columns as "other.HEADER".';
comment on column leads_staging.outcome is 'Null while it is to be merged; rejected or quarantined when set aside.';
comment on column leads_staging.reason is 'Why it is set aside.';

create table if not exists ingest_replay_guard (
  content_sha256 text primary key,
  received_at timestamptz not null,
  source text not null,
  message_id text,
  upload_id uuid not null references uploads (id) on delete cascade deferrable initially deferred,
  unique (source, message_id)
);

create index if not exists ingest_replay_guard_upload_id_idx on ingest_replay_guard (upload_id);

comment on table ingest_replay_guard is 'Content that was merged: it is not merged again, whichever source sends it.';
comment on column ingest_replay_guard.content_sha256 is
  'SHA-256 of the exact bytes, hex; of a file that was copied in, chain_hash of them: the same up to 1 MiB.';
comment on column ingest_replay_guard.message_id is 'The signed message''s id; unique within its source.';

create table if not exists upload_copies (
  upload_id uuid primary key references uploads (id) on delete cascade,
  login text not null,
  encoding text check (encoding in ('UTF8', 'WIN1252')),
  head bytea not null default '',
  head_lines int not null default 0,
  lines int not null default 0,
  rest bytea not null default '',
  hash_chain bytea,
  hash_rest bytea not null default '',
  refused_status int
);

comment on table upload_copies is
  'How far a file is that is being copied in: a row from begin_upload to finish_upload.';
comment on column upload_copies.login is 'The login that began it; no other adds to it.';
comment on column upload_copies.encoding is 'Null while the file has nothing but ASCII.';
comment on column upload_copies.head is 'The file up to the end of its header. Each part is read below it.';
comment on column upload_copies.head_lines is 'Physical lines of head.';
comment on column upload_copies.lines is 'Physical lines staged so far, the header''s too.';
comment on column upload_copies.rest is 'Bytes that came and do not end a record yet.';
comment on column upload_copies.hash_chain is 'chain_hash of the blocks so far.';
comment on column upload_copies.hash_rest is 'Bytes that came and do not fill a block yet.';
comment on column upload_copies.refused_status is 'The HTTP status of its receipt, if it was refused on the way.';

create unlogged table if not exists upload_pieces (
  upload_id uuid not null references uploads (id) on delete cascade,
  position bigint not null,
  piece bytea not null,
  primary key (upload_id, position)
);

comment on table upload_pieces is
  'Bytes of a file while a copy runs. Empty whenever a transaction ends, hence unlogged.';
comment on column upload_pieces.position is 'Bytes before it since the last part was staged.';

do $$
begin
  create type dead_letter_state as enum ('waiting', 'claimed', 'redriven', 'discarded');
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type dead_letter_state is
  'How a dead letter stands. claimed: a service works on it while its lease runs. redriven and discarded are final.';

create table if not exists pipeline_dlq (
  id bigserial primary key,
  source text not null,
  payload jsonb not null,
  reason text not null,
  hint text,
  retry_after timestamptz,
  created_at timestamptz not null default now(),
  attempts int not null default 0,
  state dead_letter_state not null default 'waiting',
  lease_token uuid,
  lease_until timestamptz,
  last_error text,
  upload_id uuid references uploads (id) on delete cascade,
  line_number int,
  redriven_as uuid references uploads (id) on delete set null,
  sealed bytea
);

create index if not exists pipeline_dlq_open_idx
  on pipeline_dlq (retry_after nulls first, id) where state in ('waiting', 'claimed');
create index if not exists pipeline_dlq_upload_id_idx on pipeline_dlq (upload_id);
create index if not exists pipeline_dlq_redriven_as_idx on pipeline_dlq (redriven_as) where redriven_as is not null;
-- files that were refused as a whole
create index if not exists pipeline_dlq_refused_idx
  on pipeline_dlq (upload_id) where source = 'upload' and line_number is null and state in ('waiting', 'claimed');

comment on table pipeline_dlq is 'Dead letters: what could not be worked on, with the reason, until a person decides.';
comment on column pipeline_dlq.source is 'The step that gave up: upload, delivery, reply, booking, …';
comment on column pipeline_dlq.payload is 'What it was about, without anything personal.';
comment on column pipeline_dlq.hint is 'What to do about it.';
comment on column pipeline_dlq.retry_after is 'Not claimed before. Null: at once.';
comment on column pipeline_dlq.attempts is
  'How often it was claimed or redriven; at settings.max_dlq_attempts it is claimed no more.';
comment on column pipeline_dlq.lease_token is
  'Names the last claim; while its lease runs no other caller may work on the letter.';
comment on column pipeline_dlq.last_error is
  'Why the last try failed, or why it was discarded. Nothing personal. What was corrected before a try that failed is'
  ' kept: payload says the keys of the row as it is now.';
comment on column pipeline_dlq.redriven_as is 'The upload of one row that a row of a file was redriven as.';
comment on column pipeline_dlq.sealed is 'What is personal: JSON, sealed, context pipeline_dlq.sealed/ID.';

create table if not exists header_aliases (
  alias text not null,
  source text not null default '',
  field text not null,
  primary key (alias, source)
);

comment on table header_aliases is 'Which field a column''s header means.';
comment on column header_aliases.alias is 'The header as fold_header gives it: lower case, letters and digits only.';
comment on column header_aliases.source is
  'Only for uploads of this source, and then before the general one; empty: for all.';

create table if not exists contact_fields (
  field text primary key,
  channel text not null check (channel in ('phone', 'email')),
  rank int not null,
  type_field text,
  dnc_field text,
  line_type text
);

comment on table contact_fields is 'Which fields of a staged row are contacts, and in which order.';
comment on column contact_fields.rank is 'Lower comes first within the channel.';
comment on column contact_fields.type_field is 'The field that names the line''s type.';
comment on column contact_fields.dnc_field is 'The field that marks it do-not-call.';
comment on column contact_fields.line_type is 'The type that the field itself implies: mobile, landline.';

alter table webhook_schemes enable row level security;
alter table webhook_sources enable row level security;
alter table webhook_secrets enable row level security;
alter table uploads enable row level security;
alter table upload_rows enable row level security;
alter table upload_changes enable row level security;
alter table upload_remains enable row level security;
alter table leads_staging enable row level security;
alter table upload_copies enable row level security;
alter table upload_pieces enable row level security;
alter table ingest_replay_guard enable row level security;
alter table pipeline_dlq enable row level security;
alter table header_aliases enable row level security;
alter table contact_fields enable row level security;
