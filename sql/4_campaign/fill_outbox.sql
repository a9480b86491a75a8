-- A lead that becomes active, by whatever hand, gets a delivery for each of its campaign's channels on which it has a
-- verified contact. One that comes back from a reply gets again what was cancelled; what is on its way or done stays.
--
-- Security definer: the outbox is written by functions alone.
create or replace function fill_outbox()
returns trigger
language plpgsql
security definer
set search_path from current
as $$
begin
  insert into deliveries as d (lead_id, campaign_id, channel, not_before, created_at)
  select distinct k.lead_id, c.id, k.channel, new.campaign_status_at, new.campaign_status_at
    from lead_contacts as k
    join campaigns as c on c.id = new.campaign_id and k.channel = any(c.channels)
   where k.lead_id = new.id
     and k.verified
  on conflict (lead_id, campaign_id, channel, sequence_step) do update
     set state = 'pending',
         attempts = 0,
         not_before = excluded.not_before,
         finished_at = null
   where d.state = 'cancelled';

  return null;
end
$$;

comment on function fill_outbox() is 'Trigger on leads: the deliveries of a lead that becomes active.';

revoke all on function fill_outbox() from public;

create or replace trigger leads_5_fill_outbox
after update of campaign_status on leads
for each row
when (new.campaign_status = 'active' and old.campaign_status <> 'active')
execute function fill_outbox();
