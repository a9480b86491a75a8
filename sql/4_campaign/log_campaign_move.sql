-- Every move of a lead is an event. The stage is the state it moved to; a first activation is fed, a later one resumed.
--
-- Security definer: events are written by functions alone.
create or replace function log_campaign_move()
returns trigger
language plpgsql
security definer
set search_path from current
as $$
begin
  perform record_event(
    new.campaign_status_at,
    case
      when new.campaign_status <> 'active' then new.campaign_status::text
      when old.added_to_campaign_at is null then 'fed'
      else 'resumed'
    end,
    jsonb_build_object('from', old.campaign_status, 'to', new.campaign_status),
    p_lead_id => new.id
  );
  return null;
end
$$;

comment on function log_campaign_move() is
  'Trigger on leads: an event for each change of campaign_status, with from and to.';

revoke all on function log_campaign_move() from public;

create or replace trigger leads_3_log_campaign_move
after update of campaign_status on leads
for each row
when (new.campaign_status <> old.campaign_status)
execute function log_campaign_move();
