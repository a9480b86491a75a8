-- Records what a person sends by the consent form.
--
-- Security definer: only functions write consent, its proof and suppressions.
create or replace function redeem_consent_token(p_nonce text, p_method text, p_evidence jsonb)
returns consent_receipt
language sql volatile security definer set search_path from current
as $$
  select redeem_consent_token(p_nonce, p_method, p_evidence, clock_timestamp());
$$;

-- Redeems a nonce and grants consent. Of any number that race, one sees used_at empty: they queue at the lead's row,
-- and the update reads the token anew.
--
-- A grant is the new consent that undoes a suppression: those of the lead's own contacts that are not younger than it
-- are lifted. It undoes nothing else: do-not-call marks stay, other leads with the same contact keep their withdrawn
-- consent, and a lead that was opted_out stays so, since that state is terminal.
create or replace function redeem_consent_token(p_nonce text, p_method text, p_evidence jsonb, p_now timestamptz)
returns consent_receipt
language plpgsql volatile set search_path from current
as $$
declare
  v_nonce_hash text := encode(sha256(convert_to(p_nonce, 'UTF8')), 'hex');
  v_method text := mask_contacts(p_method); -- it rests in clear
  v_token consent_tokens;
  v_outcome text;
begin
  if coalesce(btrim(p_method), '') = '' then
    raise exception using errcode = 'PF064',
      message = 'a consent needs the method by which it was given',
      hint = 'Pass a short word for the form, for example web_form.';
  end if;

  -- the lead before its token, as everywhere
  perform from leads as l
     where l.id = (select t.lead_id from consent_tokens as t where t.nonce_hash = v_nonce_hash)
       for update;

  update consent_tokens as t
     set used_at = p_now
   where t.nonce_hash = v_nonce_hash
     and t.used_at is null
     and t.expires_at > p_now
  returning t.* into v_token;

  if not found then
    select t.* into v_token from consent_tokens as t where t.nonce_hash = v_nonce_hash;
    v_outcome := case
      when v_token.id is null then 'unknown'
      when v_token.used_at is null then 'expired'
      else 'used'
    end;

    perform record_event(
      p_now, 'consent', p_lead_id => v_token.lead_id,
      p_detail => jsonb_build_object('action', 'refused', 'outcome', v_outcome)
    );

    return row(v_outcome, null)::consent_receipt;
  end if;

  perform append_consent(v_token.lead_id, 'granted', v_method, p_evidence, p_now);
  perform lift_suppressions(v_token.lead_id, p_now);

  update leads as l
     set consent = true,
         consented_at = p_now,
         consent_method = v_method,
         updated_at = p_now
   where l.id = v_token.lead_id;

  return row('granted', v_token.lead_id)::consent_receipt;
end
$$;

comment on function redeem_consent_token(text, text, jsonb) is
  'Grants the consent that the nonce stands for, once. Evidence: an object with text (the words shown), ip,'
  ' user_agent and whatever else proves it. Outcome granted, unknown, used or expired, the last three for the'
  ' operator: show the person one answer for all. PF064 without a method.';
comment on function redeem_consent_token(text, text, jsonb, timestamptz) is
  'redeem_consent_token at a given time. Event consent, action granted or refused with the outcome.';

grant execute on function redeem_consent_token(text, text, jsonb) to pipeline_writer;
