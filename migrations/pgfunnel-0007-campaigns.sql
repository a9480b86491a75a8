-- Campaigns, the ledger of their cap, and the outbox of what was fed.
--
-- Locks: share row exclusive on leads while the foreign keys are made (milliseconds; the new one is not validated
-- under it), then share update exclusive while it is validated.
-- depends: pgfunnel-0004-leads

create table if not exists campaigns (
  id bigserial primary key,
  name text not null unique,
  daily_cap int not null default 250 check (daily_cap >= 0),
  timezone text not null default 'America/Los_Angeles'
    check (timestamp '2000-01-01' at time zone timezone is not null), -- fails for an unknown zone
  feed_at time not null default '06:00',
  feed_days int[] not null default '{1,2,3,4,5}' check (feed_days <@ array[1, 2, 3, 4, 5, 6, 7]),
  catch_up_until time not null default '12:00' constraint catch_up_until_after_feed_at check (catch_up_until > feed_at),
  skip_holidays boolean not null default false,
  requires_consent boolean not null default true,
  requires_phone boolean not null default true,
  channels text[] not null default '{phone,email}' check (channels <@ array['phone', 'email'] and channels <> '{}'),
  contact_from time not null default '08:00' check (contact_from >= '08:00'),
  contact_until time not null default '21:00'
    constraint contact_until_after_contact_from check (contact_until > contact_from and contact_until <= '21:00'),
  max_attempts int not null default 8 check (max_attempts > 0),
  paused boolean not null default false,
  paused_channels text[] not null default '{}' check (paused_channels <@ array['phone', 'email'])
);

comment on table campaigns is 'Which leads are contacted, when, and how many a day.';
comment on column campaigns.daily_cap is
  'Leads that may become active on one local day. Raised after the feed: call feed_campaign, since its job is done.';
comment on column campaigns.timezone is
  'Zone of the campaign''s day, for example America/Los_Angeles. After a change the new day''s cap is less what was fed'
  ' within its hours.';
comment on column campaigns.feed_at is 'Local time from which the day''s feed is due.';
comment on column campaigns.feed_days is 'ISO days of the week, 1 is Monday.';
comment on column campaigns.catch_up_until is 'Local time after which a missed feed is given up.';
comment on column campaigns.skip_holidays is 'True: nothing is fed on a day in holidays.';
comment on column campaigns.requires_consent is 'True: only leads whose consent is recorded and not withdrawn.';
comment on column campaigns.requires_phone is
  'True: only leads with a verified phone, also where channels is email alone; false: any verified contact on its'
  ' channels.';
comment on column campaigns.channels is
  'phone, email or both: on each a fed lead gets a delivery if it has a verified contact there.';
comment on column campaigns.paused is
  'True: nothing is fed or claimed. Leads that were fed stay active, and their deliveries wait.';
comment on column campaigns.contact_from is
  'Calls from this time in the lead''s own zone (47 CFR 64.1200(c)(1): not before 8 a.m.).';
comment on column campaigns.contact_until is 'Calls before this time in the lead''s own zone (not after 9 p.m.).';
comment on column campaigns.max_attempts is
  'Tries of one delivery before it is a dead letter; calls of one lead before it is failed.';
comment on column campaigns.paused_channels is
  'Channels on which nothing is claimed: record_call adds phone when calls fail by our own configuration.';

insert into campaigns (name) values ('default') on conflict (name) do nothing;

do $$
begin
  if not exists (select from pg_constraint as k where k.conrelid = 'leads'::regclass and k.conname = 'leads_campaign_id_fkey') then
    alter table leads add constraint leads_campaign_id_fkey
      foreign key (campaign_id) references campaigns (id) not valid;
  end if;
end
$$;

alter table leads validate constraint leads_campaign_id_fkey;

create table if not exists campaign_days (
  campaign_id bigint not null references campaigns (id),
  day date not null,
  cap int not null,
  fed int not null default 0 check (fed >= 0),
  last_fed_at timestamptz,
  primary key (campaign_id, day),
  constraint campaign_days_cap check (fed <= cap)
);

comment on table campaign_days is
  'The cap: how many leads became active on a local day. Whatever makes one active counts here or fails.';
comment on column campaign_days.day is 'Local day in the campaign''s zone.';
comment on column campaign_days.cap is
  'The campaign''s daily_cap when the day was last counted on, less what cap_of_day takes off after a change of zone.';
comment on column campaign_days.last_fed_at is 'When the last of them became active.';

do $$
begin
  create type delivery_state as enum ('pending', 'claimed', 'delivered', 'dead', 'cancelled');
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type delivery_state is 'How a delivery stands.';

create table if not exists deliveries (
  id bigserial primary key,
  lead_id uuid not null references leads (id) on delete cascade,
  campaign_id bigint not null references campaigns (id),
  channel text not null check (channel in ('phone', 'email')),
  sequence_step int not null default 1,
  state delivery_state not null default 'pending',
  attempts int not null default 0,
  not_before timestamptz not null,
  lease_token uuid,
  lease_until timestamptz,
  last_http_status int,
  external_id text,
  created_at timestamptz not null,
  finished_at timestamptz,
  contact_position int,
  is_settled boolean not null default false,
  unique (lead_id, campaign_id, channel, sequence_step)
);

create index if not exists deliveries_open_idx
  on deliveries (channel, not_before, id) where state in ('pending', 'claimed');

comment on table deliveries is 'The outbox: what is to be sent to a fed lead on one channel.';
comment on column deliveries.sequence_step is 'Which step of the campaign''s sequence it is, from 1.';
comment on column deliveries.not_before is 'Not claimed before; moved on by a retry.';
comment on column deliveries.lease_token is 'Names the last claim; only this token may finish the delivery.';
comment on column deliveries.lease_until is 'After this a claimed delivery may be claimed again.';
comment on column deliveries.last_http_status is 'What the vendor last answered; null: nothing (time-out).';
comment on column deliveries.external_id is 'The vendor''s id of the message or call.';
comment on column deliveries.contact_position is
  'lead_contacts.position that the last claim handed out; null again when positions change.';
comment on column deliveries.is_settled is
  'A call reached the lead or was called off: the end of another one, told later, does not order one more.';

create table if not exists call_reasons (
  pattern text primary key,
  effect text not null
    check (effect in ('reached', 'no_answer', 'busy', 'voicemail', 'failed_retry', 'failed_permanent')),
  fault text not null check (fault in ('none', 'number', 'provider', 'platform', 'config', 'operator')),
  meaning text not null,
  rank int not null
);

comment on table call_reasons is 'What the endedReason of a call at VAPI means. Own rows may be added.';
comment on column call_reasons.pattern is 'A pattern of like, lower case.';
comment on column call_reasons.fault is
  'What failed. number: the contact is rejected. config: our own configuration, and the channel is paused.';
comment on column call_reasons.rank is 'Of the patterns that fit, the lowest rank counts, then the longest pattern.';

alter table call_reasons enable row level security;
alter table campaigns enable row level security;
alter table campaign_days enable row level security;
alter table deliveries enable row level security;
