-- Holds leads to the moves that campaign_status_transitions allows, whoever makes them, and stamps the time of each,
-- which is never before the one before. A lead comes into being new or queued; whatever is queued or further has a
-- campaign.
--
-- Security definer: the table of moves is read for every role that may change a lead.
create or replace function check_campaign_transition()
returns trigger
language plpgsql
security definer
set search_path from current
as $$
begin
  if tg_op = 'UPDATE' and old.added_to_campaign_at is not null and new.campaign_id is distinct from old.campaign_id then
    raise exception using errcode = 'PF085',
      message = 'a lead that was fed stays in its campaign',
      hint = 'The cap of its day counts it there. Pause it, or let it come to its end.';
  end if;

  if tg_op = 'UPDATE' and new.campaign_status = old.campaign_status then
    return new;
  end if;

  if tg_op = 'UPDATE' and not exists (
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

  if tg_op = 'UPDATE' and new.campaign_status_at = old.campaign_status_at then
    new.campaign_status_at := greatest(now(), old.campaign_status_at);
  end if;

  return new;
end
$$;

comment on function check_campaign_transition() is
  'Trigger on leads. PF080 for a move without a campaign, PF081 for a move that does not exist, PF085 for taking a fed'
  ' lead to another campaign; sets campaign_status_at.';

revoke all on function check_campaign_transition() from public;

-- named to fire first
create or replace trigger leads_1_check_campaign_transition
before insert or update of campaign_status, campaign_id on leads
for each row execute function check_campaign_transition();
