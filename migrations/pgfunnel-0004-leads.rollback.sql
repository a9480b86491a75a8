-- Drops contacts and states. Of leads: the whole table if it was made here; else what was added to it, and its row
-- security is as it was found.

drop table if exists campaign_status_transitions;
drop table if exists lead_contacts;

do $$
declare
  v_found jsonb;
  v_added text;
begin
  select i.value into v_found
    from installation as i
   where i.fact = 'leads';

  if not v_found @> '{"found": true}' then
    drop table if exists leads;
    return;
  end if;

  alter table leads drop constraint if exists consent_requires_timestamp;
  alter table leads drop constraint if exists lead_score_range;

  if v_found @> '{"primary_key": false}' then
    alter table leads drop constraint if exists leads_pkey;
  end if;

  if v_found @> '{"row_security": false}' then
    alter table leads disable row level security;
  end if;

  foreach v_added in array array[
    'mak', 'county_fips', 'apn', 'addr_hash', 'street', 'unit', 'city', 'state', 'zip', 'pii', 'email_verified',
    'phone_verified', 'email_verification_codes', 'phone_verification_codes', 'campaign_status', 'campaign_status_at',
    'campaign_id', 'added_to_campaign_at', 'current_sequence_step', 'last_reply_at', 'vapi_call_id',
    'call_attempt_count', 'booked_at', 'melissa_payload', 'consent', 'consented_at', 'consent_method',
    'assigned_broker_id', 'lead_score', 'status', 'source', 'created_at', 'updated_at'
  ] loop
    if not v_found -> 'columns' ? v_added then
      execute format('alter table leads drop column if exists %I', v_added);
    end if;
  end loop;
end
$$;

drop type if exists campaign_status;
delete from installation as i
 where i.fact = 'leads';
