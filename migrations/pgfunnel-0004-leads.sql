-- The lead, its contacts and its states. A table leads that is already here is taken over: what is missing is
-- added, nothing of it is dropped or rewritten.
--
-- Locks: on an existing leads, access exclusive for adding columns (constant defaults: no rewrite, milliseconds),
-- then share update exclusive while the checks read it once, which lets reads and writes go on.
-- depends: pgfunnel-0003-platform

do $$
begin
  create type campaign_status as enum (
    'new', 'queued', 'active', 'replied', 'paused', 'booked', 'completed', 'opted_out', 'bounced', 'invalid', 'failed'
  );
exception
  when duplicate_object then null; -- a second run of this migration
end
$$;

comment on type campaign_status is
  'Where a lead stands in its campaign. campaign_status_transitions says which moves exist.';

-- what is there before us, kept for the rollback; a second run keeps the first record
insert into installation (fact, value)
select
  'leads' as fact,
  jsonb_build_object(
    'found', c.oid is not null,
    'columns', coalesce(
      (
        select jsonb_object_agg(a.attname, format_type(a.atttypid, a.atttypmod))
          from pg_attribute as a
         where a.attrelid = c.oid
           and a.attnum > 0
           and not a.attisdropped
      ), '{}'
    ),
    'row_security', coalesce(c.relrowsecurity, false),
    'primary_key', exists (
      select
        from pg_constraint as k
       where k.conrelid = c.oid
         and k.contype = 'p'
    )
  ) as value
  from (select to_regclass(format('%I.leads', current_schema())) as oid) as t
  left join pg_class as c on t.oid = c.oid
on conflict (fact) do nothing;

do $$
declare
  v_wrong text;
begin
  select string_agg(format('%s is %s, expected %s', f.name, f.found_type, w.wanted), '; ' order by f.name)
    into v_wrong
    from installation as i
   cross join jsonb_each_text(i.value -> 'columns') as f (name, found_type)
    join (
      values ('id', 'uuid'), ('consent', 'boolean'), ('consented_at', 'timestamp with time zone'),
        ('consent_method', 'text'), ('assigned_broker_id', 'uuid'), ('lead_score', 'integer'), ('status', 'text'),
        ('mak', 'text'), ('county_fips', 'text'), ('apn', 'text'), ('addr_hash', 'text'), ('street', 'text'), ('unit', 'text'),
        ('city', 'text'), ('state', 'text'), ('zip', 'text'), ('pii', 'bytea'), ('source', 'text'),
        ('vapi_call_id', 'text'), ('melissa_payload', 'jsonb'), ('email_verified', 'boolean'),
        ('phone_verified', 'boolean'), ('campaign_id', 'bigint')
    ) as w (name, wanted) on w.name = f.name and w.wanted <> f.found_type
   where i.fact = 'leads'
     and not (w.wanted = 'text' and f.found_type like 'character varying%');

  if v_wrong is not null then
    raise exception using errcode = 'PF004',
      message = 'the existing table leads does not fit: ' || v_wrong,
      hint = 'Change the column''s type, or install into a schema of its own: pgfunnel apply --schema funnel.';
  end if;

  if exists (
    select
      from installation as i
     where i.fact = 'leads'
       and i.value @> '{"found": true}'
       and not i.value -> 'columns' ? 'id'
  ) then
    raise exception using errcode = 'PF004',
      message = 'the existing table leads has no column id',
      hint = 'Add "id uuid primary key", or install into a schema of its own: pgfunnel apply --schema funnel.';
  end if;
end
$$;

create table if not exists leads (
  id uuid primary key default gen_random_uuid()
);

alter table leads
  add column if not exists mak text,
  add column if not exists county_fips text,
  add column if not exists apn text,
  add column if not exists addr_hash text,
  add column if not exists street text,
  add column if not exists unit text,
  add column if not exists city text,
  add column if not exists state text,
  add column if not exists zip text,
  add column if not exists pii bytea,
  add column if not exists email_verified boolean not null default false,
  add column if not exists phone_verified boolean not null default false,
  add column if not exists email_verification_codes text[],
  add column if not exists phone_verification_codes text[],
  add column if not exists campaign_status campaign_status not null default 'new',
  add column if not exists campaign_status_at timestamptz not null default now(),
  add column if not exists campaign_id bigint,
  add column if not exists added_to_campaign_at timestamptz,
  add column if not exists current_sequence_step int not null default 0,
  add column if not exists last_reply_at timestamptz,
  add column if not exists vapi_call_id text,
  add column if not exists call_attempt_count int not null default 0,
  add column if not exists booked_at timestamptz,
  add column if not exists melissa_payload jsonb,
  add column if not exists consent boolean not null default false,
  add column if not exists consented_at timestamptz,
  add column if not exists consent_method text,
  add column if not exists assigned_broker_id uuid,
  add column if not exists lead_score integer,
  add column if not exists status text,
  add column if not exists source text,
  add column if not exists created_at timestamptz not null default now(),
  add column if not exists updated_at timestamptz not null default now();

-- comments only on what this migration made: an existing column keeps its own
do $$
declare
  v_found jsonb;
  v_comment record;
begin
  select i.value into v_found from installation as i where i.fact = 'leads';

  if v_found @> '{"primary_key": false, "found": true}' then
    if not exists (select from pg_constraint as k where k.conrelid = 'leads'::regclass and k.contype = 'p') then
      alter table leads add constraint leads_pkey primary key (id);
    end if;
  end if;

  if not v_found @> '{"found": true}' then
    comment on table leads is 'A property and the person to be reached about it. What is personal is sealed in pii.';
  end if;

  for v_comment in
    select *
      from (
        values
          ('mak', 'Melissa Address Key: 10 digits. Null when unknown. Unique.'),
          ('county_fips', 'County of the property: 5 digits of FIPS 6-4. Null when unknown.'),
          ('apn', 'Assessor''s parcel number: letters and digits only; unique within its county. Null when unknown.'),
          ('addr_hash', 'address_hash of the property. Null when the address is too thin to identify it. Unique.'),
          ('street', 'Property address as the last file had it: public record, needed for time zone and segments.'),
          ('pii', 'Names, mailing address, e-mails, phones: one JSON document sealed by seal(), context leads.pii/ID.'),
          ('email_verified', 'Of the first e-mail in order that verifies, else of the first.'),
          ('phone_verified', 'Of the first phone in order that verifies, else of the first.'),
          ('email_verification_codes', 'The codes behind email_verified.'),
          ('phone_verification_codes', 'The codes behind phone_verified.'),
          ('campaign_status', 'Moves only as campaign_status_transitions allows.'),
          ('campaign_status_at', 'When campaign_status last moved.'),
          ('added_to_campaign_at', 'When it first became active. Not moved by a pause.'),
          ('current_sequence_step', 'How many steps of the campaign''s sequence it was sent.'),
          ('vapi_call_id', 'The last call''s id at VAPI.'),
          ('melissa_payload', 'What the verification answered, without anything personal.'),
          ('consent', 'May be contacted. Raised only by a consent form, never by an import.'),
          ('consent_method', 'How consent was given, for example web_form.'),
          ('assigned_broker_id', 'The broker who may see the lead.'),
          ('lead_score', '0–100; the best are fed first.'),
          ('source', 'Source of the file that made it.')
      ) as t (name, words)
     where not v_found -> 'columns' ? t.name
  loop
    execute format('comment on column leads.%I is %L', v_comment.name, v_comment.words);
  end loop;
end
$$;

-- rows that were there before may break the new checks: these hold for new and changed rows only, and health says so
do $$
declare
  v_check record;
begin
  for v_check in
    select *
      from (
        values
          ('consent_requires_timestamp', 'check (consent = false or consented_at is not null)'),
          ('lead_score_range', 'check (lead_score between 0 and 100)')
      ) as t (name, definition)
  loop
    if not exists (select from pg_constraint as k where k.conrelid = 'leads'::regclass and k.conname = v_check.name) then
      execute format('alter table leads add constraint %I %s not valid', v_check.name, v_check.definition);
    end if;

    begin
      execute format('alter table leads validate constraint %I', v_check.name);
    exception
      when check_violation then
        raise warning 'leads has rows that break %: it holds for new and changed rows only', v_check.name;
    end;
  end loop;
end
$$;

alter table leads enable row level security;

create table if not exists lead_contacts (
  lead_id uuid not null references leads (id) on delete cascade,
  channel text not null check (channel in ('phone', 'email')),
  position int not null check (position > 0),
  value_hash bytea not null,
  verified boolean not null default false,
  verification_codes text[],
  verification_provider text,
  verify_after timestamptz,
  verify_tries int,
  line_type text,
  do_not_call boolean not null default false,
  primary key (lead_id, channel, position),
  unique (channel, value_hash, lead_id)
);

-- by which reverify_leads finds the contacts with a code; null where no provider was asked, so a new lead costs nothing
create index if not exists lead_contacts_codes_idx
  on lead_contacts using gin (verification_codes) where verification_codes is not null;
create index if not exists lead_contacts_verify_after_idx
  on lead_contacts (verify_after) where verify_tries is not null;

comment on table lead_contacts is 'One e-mail or phone of a lead. The value itself is only in leads.pii.';
comment on column lead_contacts.position is
  'From 1, in order of arrival: the place of the value in the channel''s list in leads.pii.';
comment on column lead_contacts.value_hash is 'blind_index of the normalised value: 32 bytes.';
comment on column lead_contacts.verified is 'As the codes say by verification_code_map.';
comment on column lead_contacts.verification_codes is
  'The codes that say what verified says; null if no provider was asked or a person marked it.';
comment on column lead_contacts.verification_provider is
  'The provider that gave the codes: verification_code_map.provider.';
comment on column lead_contacts.verify_after is
  'When to ask again, since the last answer found nothing out; null: not.';
comment on column lead_contacts.verify_tries is
  'How many answers in a row found nothing out; null: the last one did.';
comment on column lead_contacts.line_type is 'mobile, landline or voip, as a file or the verification named it.';
comment on column lead_contacts.do_not_call is 'Marked by a file or the verification. An import can only add it.';

create table if not exists campaign_status_transitions (
  from_status campaign_status not null,
  to_status campaign_status not null,
  primary key (from_status, to_status)
);

comment on table campaign_status_transitions is
  'Which moves of leads.campaign_status exist. A trigger refuses any other.';

insert into campaign_status_transitions (from_status, to_status)
select
  t.from_status::campaign_status,
  t.to_status::campaign_status
  from (
    values
      ('new', 'queued'), ('queued', 'active'), ('active', 'replied'), ('replied', 'booked'), ('booked', 'completed'),
      ('active', 'paused'), ('paused', 'active'), ('queued', 'paused'), ('paused', 'queued'),
      ('active', 'bounced'), ('active', 'invalid'), ('active', 'failed'), ('replied', 'active'),
      ('new', 'opted_out'), ('queued', 'opted_out'), ('active', 'opted_out'), ('replied', 'opted_out'),
      ('paused', 'opted_out'), ('booked', 'opted_out')
  ) as t (from_status, to_status)
on conflict do nothing;

alter table lead_contacts enable row level security;
alter table campaign_status_transitions enable row level security;
