-- This is the cap. A lead that becomes active for the first time is counted in its campaign's ledger of the local day,
-- and added_to_campaign_at says when that was. The ledger's check is the cap: every session that makes a lead active,
-- at whatever isolation level, counts here or fails. A pause or a second activation is no new lead and counts nothing.
--
-- Two sessions that count at once take turns on the day's row. At repeatable read and serializable the later one fails
-- with a serialization failure (40001) and has to try again, as any transaction at these levels.
--
-- Security definer: no other role may write the ledger, or it could make room in it.
create or replace function set_added_to_campaign_at()
returns trigger
language plpgsql security definer set search_path from current
as $$
declare
  v_campaign campaigns;
  v_day date;
  v_cap int;
begin
  -- held, so that neither cap nor zone is changed between reading and counting
  select c.* into v_campaign from campaigns as c where c.id = new.campaign_id for share;
  v_day := local_day(new.campaign_status_at, v_campaign.timezone);
  v_cap := cap_of_day(v_campaign, v_day);

  insert into campaign_days as d (campaign_id, day, cap, fed, last_fed_at)
  select v_campaign.id, v_day, v_cap, 1, new.campaign_status_at
   where v_cap > 0
  on conflict (campaign_id, day) do update
     set fed = d.fed + 1,
         cap = excluded.cap,
         last_fed_at = greatest(d.last_fed_at, excluded.last_fed_at)
   where d.fed < excluded.cap;

  if not found then
    raise exception using errcode = 'PF082',
      message = format('the cap of campaign %s is used up: %s on %s', v_campaign.name, v_campaign.daily_cap, v_day),
      hint = 'Wait for the next day, or let the owner raise campaigns.daily_cap.';
  end if;

  new.added_to_campaign_at := new.campaign_status_at;
  return new;
end
$$;

comment on function set_added_to_campaign_at() is
  'Trigger on leads: sets added_to_campaign_at when a lead first becomes active, and counts it in campaign_days.'
  ' PF082 if that would exceed the campaign''s daily_cap.';

create or replace trigger leads_2_set_added_to_campaign_at
before update of campaign_status on leads
for each row
when (new.campaign_status = 'active' and old.added_to_campaign_at is null)
execute function set_added_to_campaign_at();
