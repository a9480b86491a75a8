-- Who moves a lead to opted_out by hand says that the person wants no more of it: without this, the same number would
-- be dialled through another lead, or after the next file. The functions that opt out leave their mark in
-- pgfunnel.opting_out while they move leads, since they say themselves which contact is meant.
--
-- The other leads with these contacts are locked after this one. Two such moves at once can so meet in a deadlock, of
-- which the server refuses one; opt_out and withdraw_consent lock in order of id.
-- Security definer: suppressions, consent and its proof are written by functions alone.
create or replace function suppress_opted_out()
returns trigger
language plpgsql
security definer
set search_path from current
as $$
begin
  if current_setting('pgfunnel.opting_out', true) is distinct from opting_out_mark() then
    perform opt_out_lead(new.id, 'campaign_status', 'by hand', new.campaign_status_at);
  end if;

  return null;
end
$$;

comment on function suppress_opted_out() is
  'Trigger on leads: suppresses every contact of a lead that is moved to opted_out by hand.';

create or replace trigger leads_6_suppress_opted_out
after update of campaign_status on leads
for each row
when (new.campaign_status = 'opted_out' and old.campaign_status <> 'opted_out')
execute function suppress_opted_out();
