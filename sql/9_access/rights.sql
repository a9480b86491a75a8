-- The rights on the tables: a row for each table and role. Whatever isn't listed is the owner's alone: keys, secrets,
-- staging, the replay guard, reveals, brokers and all that functions read on a caller's behalf.
--
-- What functions keep is read and never written by hand. Of leads services read all but what is sealed and change what
-- no function does for them: never keys, contacts, consent, verification or the times the cap is counted by. A broker
-- reads and works on the leads assigned to him.
--
-- Rows is the policy: of which rows the rights hold. A service may touch every row that its rights reach, a reader sees
-- all; the subselect runs once a statement, not once a row.
do $$
declare
  v_right record;
begin
  for v_right in
    select r.*
      from (
        values
          ('campaign_days', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('campaign_days', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('campaign_status_transitions', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('campaign_status_transitions', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('campaigns', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('campaigns', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('consents', 'pipeline_writer', 'pipeline_writer', 'all', 'true',
            'select (id, lead_id, action, method, text_shown, evidence_hash, recorded_at, previous_hash, row_hash)'),
          ('deliveries', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('header_aliases', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('holidays', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('holidays', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('job_runs', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('job_runs', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('jobs', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('jobs', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('lead_contacts', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('leads', 'pipeline_writer', 'pipeline_writer', 'all', 'true',
            'select (id, mak, county_fips, apn, addr_hash, street, unit, city, state, zip, email_verified, phone_verified,'
            ' email_verification_codes, phone_verification_codes, campaign_status, campaign_status_at, campaign_id,'
            ' added_to_campaign_at, current_sequence_step, last_reply_at, vapi_call_id, call_attempt_count, booked_at,'
            ' melissa_payload, consent, consented_at, consent_method, assigned_broker_id, lead_score, status, source,'
            ' created_at, updated_at), update (campaign_status, campaign_id, assigned_broker_id, lead_score, status)'),
          ('leads', 'pipeline_broker', 'pipeline_broker_select', 'select',
            'assigned_broker_id = (select current_broker_id())',
            'select (id, street, unit, city, state, zip, email_verified, phone_verified, campaign_status,'
            ' campaign_status_at, last_reply_at, booked_at, consent, consented_at, consent_method, assigned_broker_id,'
            ' lead_score, status, created_at, updated_at)'),
          ('leads', 'pipeline_broker', 'pipeline_broker_update', 'update',
            'assigned_broker_id = (select current_broker_id())',
            'update (status)'),
          ('pipeline_dlq', 'pipeline_writer', 'pipeline_writer', 'all', 'true',
            'select (id, source, payload, reason, hint, retry_after, created_at, attempts, state, lease_until, last_error,'
            ' upload_id, line_number, redriven_as)'),
          ('pipeline_events', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('pipeline_events', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('settings', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('settings', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('suppressions', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('upload_remains', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('upload_rows', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('uploads', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('verification_code_history', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('verification_code_history', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select'),
          ('verification_code_map', 'pipeline_writer', 'pipeline_writer', 'all', 'true', 'select'),
          ('verification_code_map', 'pipeline_reader', 'pipeline_reader', 'select', 'true', 'select')
      ) as r (table_name, role, policy, command, rows, rights)
  loop
    execute format('grant %s on %I to %I', v_right.rights, v_right.table_name, v_right.role);
    execute format('drop policy if exists %I on %I', v_right.policy, v_right.table_name);
    execute format(
      'create policy %I on %I for %s to %I using (%s)%s',
      v_right.policy, v_right.table_name, v_right.command, v_right.role, v_right.rows,
      case when v_right.command <> 'select' then format(' with check (%s)', v_right.rows) end
    );
  end loop;
end
$$;
