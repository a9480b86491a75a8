-- Takes back a lead's consent, for a form, a letter or a call that names the person and not one number.
--
-- Security definer: only functions write consent, its proof and suppressions.
create or replace function withdraw_consent(p_lead_id uuid, p_method text, p_evidence jsonb default null)
returns boolean
language sql volatile security definer set search_path from current
as $$
  select withdraw_consent(p_lead_id, p_method, p_evidence, clock_timestamp());
$$;

-- Withdraws at a given time. Without a consent there is nothing to prove, but the person is opted out all the same.
-- consented_at and consent_method keep saying how the consent was given that is withdrawn.
create or replace function withdraw_consent(p_lead_id uuid, p_method text, p_evidence jsonb, p_now timestamptz)
returns boolean
language plpgsql volatile set search_path from current
as $$
declare
  v_method text := mask_contacts(p_method); -- it rests in clear
  v_had_consent boolean;
begin
  if coalesce(btrim(p_method), '') = '' then
    raise exception using errcode = 'PF066',
      message = 'a withdrawal needs the method by which it was said',
      hint = 'Pass a short word, for example letter.';
  end if;

  perform lock_sharing_leads(array[p_lead_id]);
  perform lock_lead(p_lead_id);

  update leads as l
     set consent = false,
         updated_at = p_now
   where l.id = p_lead_id
     and l.consent;

  v_had_consent := found;

  if v_had_consent then
    perform append_consent(p_lead_id, 'withdrawn', v_method, p_evidence, p_now);
  end if;

  perform opt_out_lead(p_lead_id, 'consent withdrawn', v_method, p_now);

  return v_had_consent;
end
$$;

comment on function withdraw_consent(uuid, text, jsonb) is
  'Withdraws consent, with its proof, and opts out every contact of the lead. Evidence as in redeem_consent_token.'
  ' Returns whether there was a consent. PF061 for an unknown lead, PF066 without a method.';
comment on function withdraw_consent(uuid, text, jsonb, timestamptz) is 'withdraw_consent at a given time.';

grant execute on function withdraw_consent(uuid, text, jsonb) to pipeline_writer;
