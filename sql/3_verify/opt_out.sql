-- Takes somebody's word that he wants no more of it.
-- Security definer: suppressions, consent and its proof are written by functions alone.
create or replace function opt_out(p_channel text, p_value text, p_reason text, p_source text)
returns int
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select opt_out_at(p_channel, p_value, p_reason, p_source, now());
$$;

comment on function opt_out(text, text, text, text) is
  'Suppresses a value until a new consent undoes it, and opts out every lead that has it; a later import finds it'
  ' suppressed. Returns how many leads have it. Repeating it changes nothing. PF060 for an unknown channel, PF062 for'
  ' a value that is no phone number or e-mail address, PF065 without reason or source. 47 CFR 64.1200(a)(10).';

revoke all on function opt_out(text, text, text, text) from public;
grant execute on function opt_out(text, text, text, text) to pipeline_writer;
