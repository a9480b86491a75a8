-- Holds leads to the moves that campaign_status_transitions allows, for every role and function, and stamps each with
-- the clock's time unless the update sets one. A lead that is queued or further has a campaign, and stays in it once it
-- was fed. A lead is never inserted as active: it becomes active by a move that is counted, logged and followed by
-- deliveries.
--
-- Security definer: the table of moves is read for every role that may change a lead.
create or replace function check_campaign_transition()
returns trigger
language plpgsql security definer set search_path from current
as $$
begin
  if tg_op = 'INSERT' and new.campaign_status = 'active' then
    raise exception using errcode = 'PF087',
      message = 'a lead is not inserted as active',
      hint = 'Insert it as queued and then update it to active, or let feed_campaign do that.';
  end if;

  if tg_op = 'UPDATE' and (
    old.added_to_campaign_at is not null and new.campaign_id is distinct from old.campaign_id
    or new.added_to_campaign_at is distinct from old.added_to_campaign_at
  ) then
    raise exception using errcode = 'PF085',
      message = 'when and where a lead was fed is not changed by hand',
      hint = 'The cap of its day counts it there. Pause the lead, or let it come to its end.';
  end if;

  if tg_op = 'UPDATE' and new.campaign_status <> old.campaign_status and not exists (
    select
      from campaign_status_transitions as t
     where t.from_status = old.campaign_status
       and t.to_status = new.campaign_status
  ) then
    raise exception using errcode = 'PF081',
      message = format('a lead cannot go from %s to %s', old.campaign_status, new.campaign_status),
      hint = 'campaign_status_transitions lists the moves there are.';
  end if;

  if new.campaign_id is null and new.campaign_status not in ('new', 'opted_out') then
    raise exception using errcode = 'PF080',
      message = format('a lead without a campaign cannot be %s', new.campaign_status),
      hint = 'Set campaign_id in the same update, or let queue_leads do it.';
  end if;

  if tg_op = 'UPDATE'
    and new.campaign_status <> old.campaign_status
    and new.campaign_status_at = old.campaign_status_at
  then
    new.campaign_status_at := greatest(clock_timestamp(), old.campaign_status_at);
  end if;

  return new;
end
$$;

comment on function check_campaign_transition() is
  'Trigger on leads. PF080 for a move without a campaign, PF081 for a move that does not exist, PF085 for taking a fed'
  ' lead to another campaign or time, PF087 for inserting an active one; sets campaign_status_at.';

-- named to fire first; two, so that a file of new leads is not slowed by calls that have nothing to say
create or replace trigger leads_1_check_campaign_state
before insert on leads
for each row
when (new.campaign_status <> 'new')
execute function check_campaign_transition();

create or replace trigger leads_1_check_campaign_transition
before update of campaign_status, campaign_id, added_to_campaign_at on leads
for each row
when (
  new.campaign_status <> old.campaign_status
  or new.campaign_id is distinct from old.campaign_id
  or new.added_to_campaign_at is distinct from old.added_to_campaign_at
)
execute function check_campaign_transition();
