-- Appends one link to the chain of consents. Nothing else writes that table.
--
-- The table's lock lets one transaction append at a time. The id is the one after the last: if two transactions take
-- the same predecessor all the same (an older snapshot under repeatable read), the primary key refuses the second. The
-- event repeats id and hash, so that a row cut off the end is missed.
create or replace function append_consent(
  p_lead_id uuid, p_action text, p_method text, p_evidence jsonb, p_now timestamptz
)
returns bigint
language plpgsql volatile set search_path from current
as $$
declare
  v_consent consents;
  v_key bytea := data_key(newest_data_key('index'));
  -- what a form sends is outside input: anything but an object is kept as one member
  v_evidence jsonb := case jsonb_typeof(p_evidence)
    when 'object' then p_evidence
    else jsonb_build_object('evidence', p_evidence)
  end;
begin
  lock table consents in share row exclusive mode;

  select c.id, c.row_hash into v_consent.id, v_consent.previous_hash from consents as c order by c.id desc limit 1;

  v_consent.id := coalesce(v_consent.id, 0) + 1;
  v_consent.lead_id := p_lead_id;
  v_consent.action := p_action;
  v_consent.method := p_method;
  v_consent.text_shown := v_evidence ->> 'text';
  v_consent.evidence := seal(
    'consents.evidence/' || v_consent.id, convert_to((v_evidence - 'text')::text, 'UTF8')
  );
  v_consent.evidence_hash := blind_index(v_key, 'consents.evidence/' || v_consent.id, (v_evidence - 'text')::text);
  v_consent.recorded_at := p_now;
  v_consent.row_hash := consent_hash(v_key, v_consent);

  insert into consents values (v_consent.*);

  perform record_event(
    p_now, 'consent', p_lead_id => p_lead_id, p_idempotency_key => 'consent/' || v_consent.id,
    p_detail => jsonb_build_object(
      'action', p_action, 'method', p_method, 'row_hash', encode(v_consent.row_hash, 'hex')
    )
  );

  return v_consent.id;
end
$$;

comment on function append_consent(uuid, text, text, jsonb, timestamptz) is
  'The new row''s id. Action granted, withdrawn or erased; the evidence''s member text is shown in clear, the rest is'
  ' sealed. Event consent, key consent/ID.';
