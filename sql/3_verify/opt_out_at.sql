-- Opts a value out at a given time. Reason and source rest in clear, so contacts are taken out of them.
create or replace function opt_out_at(
  p_channel text,
  p_value text,
  p_reason text,
  p_source text,
  p_now timestamptz
)
returns int
language plpgsql
volatile
set search_path from current
as $$
declare
  v_hash bytea := suppression_hash(p_channel, p_value);
begin
  if coalesce(btrim(p_reason), '') = '' or coalesce(btrim(p_source), '') = '' then
    raise exception using errcode = 'PF065',
      message = 'an opt-out needs a reason and a source',
      hint = 'Pass short words, for example ''reply STOP'' and ''twilio''.';
  end if;

  return suppress_value(p_channel, v_hash, mask_contacts(p_reason), mask_contacts(p_source), p_now);
end
$$;

comment on function opt_out_at(text, text, text, text, timestamptz) is 'opt_out at a given time.';

revoke all on function opt_out_at(text, text, text, text, timestamptz) from public;
