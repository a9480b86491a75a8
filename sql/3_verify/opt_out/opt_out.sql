-- Records that a person wants no more messages or calls at a phone number or e-mail address.
--
-- Security definer: suppressions, consent and its proof are written by functions alone.
create or replace function opt_out(p_channel text, p_value text, p_reason text, p_source text)
returns int
language sql volatile security definer set search_path from current
as $$
  select opt_out(p_channel, p_value, p_reason, p_source, clock_timestamp());
$$;

-- Opts a value out at a given time. Reason and source are kept in clear, so contacts are masked in them.
create or replace function opt_out(p_channel text, p_value text, p_reason text, p_source text, p_now timestamptz)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_hash bytea := suppression_hash(p_channel, p_value);
begin
  if coalesce(btrim(p_reason), '') = '' or coalesce(btrim(p_source), '') = '' then
    raise exception using errcode = 'PF065',
      message = 'an opt-out needs a reason and a source',
      hint = 'Pass short words, for example ''reply STOP'' and ''twilio''.';
  end if;

  return suppress_value(
    lock_leads_of_contact(p_channel, v_hash), p_channel, v_hash, mask_contacts(p_reason), mask_contacts(p_source),
    null, null, p_now
  );
end
$$;

comment on function opt_out(text, text, text, text) is
  'Suppresses a value until a new consent undoes it, and opts out every lead that has it; a later import finds it'
  ' suppressed. Returns how many leads have it. Repeating it changes nothing. PF060 for an unknown channel, PF062 for'
  ' a value that is no phone number or e-mail address, PF065 without reason or source. 47 CFR 64.1200(a)(10).';
comment on function opt_out(text, text, text, text, timestamptz) is 'opt_out at a given time.';

grant execute on function opt_out(text, text, text, text) to pipeline_writer;
