-- A lead that is moved to opted_out by hand is a person who wants no more messages or calls: every contact of the lead
-- is suppressed. Without this, the same number would be dialled through another lead, or after the next file.
--
-- The functions that opt out suppress the contact that is meant before they move its leads, both at the same time. So a
-- contact suppressed at the time of the move or later says that nothing is left to do here. This trigger does the same
-- for other leads, which it moves one level deeper; at its own level, what it suppressed for one lead of an update says
-- nothing of the next, though all may have one time.
--
-- The other leads with these contacts are locked after this one, out of order: two moves by hand of leads that share
-- contacts may deadlock, and the server then fails one of them. opt_out and withdraw_consent lock in order of id.
--
-- Security definer: suppressions, consent and its proof are written by functions alone.
create or replace function suppress_opted_out()
returns trigger
language plpgsql security definer set search_path from current
as $$
begin
  if not exists (
    select
      from lead_contacts as c
      join suppressions as s on s.channel = c.channel and s.value_hash = c.value_hash
     where c.lead_id = new.id
       and s.suppressed_at >= new.campaign_status_at - interval '1 microsecond' -- as close_opted_out moves
       and (s.source <> 'by hand' or pg_trigger_depth() > 1)
  ) then
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
