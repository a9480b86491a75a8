-- Verification, consent and suppression.
--
-- Locks: share row exclusive on leads while the foreign key is made (milliseconds).
-- depends: pgfunnel-0004-leads

do $$
begin
  create type code_effect as enum ('verify', 'reject', 'info', 'retry');
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type code_effect is 'What a verification code does to a contact. In one answer any reject beats any verify.';

create table if not exists verification_code_map (
  provider text not null,
  channel text not null check (channel in ('email', 'phone')),
  code text not null,
  is_verified boolean not null,
  effect code_effect not null,
  meaning text not null,
  map_version int not null default 1,
  primary key (provider, channel, code),
  check (is_verified = (effect = 'verify'))
);

comment on table verification_code_map is
  'What each code of a provider means for a contact of a channel. The owner changes it; then reverify_leads.';
comment on column verification_code_map.code is 'As the provider writes it, upper case.';
comment on column verification_code_map.map_version is
  'The version of the map that brought this row. What it was before is in verification_code_history.';

create table if not exists verification_code_history (
  provider text not null,
  channel text not null,
  code text not null,
  replaced_by int not null,
  map_version int,
  effect code_effect,
  meaning text,
  replaced_at timestamptz not null,
  reverified_through uuid,
  reverified_at timestamptz,
  primary key (provider, channel, code, replaced_by)
);

comment on table verification_code_history is
  'The old versions of the map: each code as it was before the version that replaced it.';
comment on column verification_code_history.replaced_by is 'The version of the map in which it is another one or gone.';
comment on column verification_code_history.map_version is
  'The version that had brought it. Null, as effect and meaning: the map did not know the code.';
comment on column verification_code_history.reverified_through is
  'reverify_leads has read the leads up to this id; null: none yet.';
comment on column verification_code_history.reverified_at is
  'When reverify_leads had read every lead with the code; null: it has yet to.';

insert into settings (key, value, meaning) values
  ('max_verification_tries', '8', 'How many answers in a row may find nothing out before a contact is not asked again.')
on conflict (key) do nothing;

create table if not exists consent_tokens (
  id uuid primary key default gen_random_uuid(),
  lead_id uuid not null references leads (id) on delete cascade,
  nonce_hash text not null unique,
  created_at timestamptz not null default now(),
  used_at timestamptz,
  expires_at timestamptz not null
);

create index if not exists consent_tokens_lead_id_idx on consent_tokens (lead_id);

comment on table consent_tokens is 'The nonce in a consent form''s link: one use, then worthless.';
comment on column consent_tokens.nonce_hash is 'SHA-256 of the nonce, hex. The nonce itself is nowhere.';

create table if not exists consents (
  id bigserial primary key,
  lead_id uuid not null,
  action text not null check (action in ('granted', 'withdrawn', 'erased')),
  method text not null,
  text_shown text,
  evidence bytea,
  evidence_hash bytea not null,
  recorded_at timestamptz not null,
  previous_hash bytea,
  row_hash bytea not null unique
);

create index if not exists consents_lead_id_idx on consents (lead_id);

comment on table consents is
  'Append-only proof of each consent given and withdrawn, a chain: each row''s hash covers the one before.';
comment on column consents.lead_id is 'No foreign key: the proof outlives the lead.';
comment on column consents.action is
  'erased: the evidence of this lead''s rows before was taken out, since the person was to be forgotten.';
comment on column consents.text_shown is 'The words the person agreed to.';
comment on column consents.evidence is
  'IP address, user agent and what else the form sent: JSON, sealed, context consents.evidence/ID.';
comment on column consents.evidence_hash is
  'blind_index of the evidence''s text, channel consents.evidence/ID: what stays in the chain when it is erased.';
comment on column consents.previous_hash is 'row_hash of the row before; null in the first.';
comment on column consents.row_hash is 'Keyed hash over this row and previous_hash: consent_hash.';

create table if not exists suppressions (
  channel text not null check (channel in ('phone', 'email')),
  value_hash bytea not null,
  reason text not null,
  source text not null,
  suppressed_at timestamptz not null default now(),
  primary key (channel, value_hash)
);

comment on table suppressions is 'Values that are never contacted. Outlives the lead, every import and erasure.';
comment on column suppressions.value_hash is
  'blind_index of the normalised value, so that the list gives no number away.';

alter table verification_code_map enable row level security;
alter table verification_code_history enable row level security;
alter table consent_tokens enable row level security;
alter table consents enable row level security;
alter table suppressions enable row level security;
