-- Every move of a lead is an event: from where, to where and why. The stage is the state it moved to; a first
-- activation is fed, a later one resumed.
--
-- The reason is in the setting pgfunnel.why, which holds for one statement: it is emptied after each that may move
-- leads. If there is no reason, the event names the role that made the move.
--
-- Security definer: events are written by functions alone.
create or replace function log_campaign_move()
returns trigger
language plpgsql security definer set search_path from current
as $$
declare
  v_why text := nullif(current_setting('pgfunnel.why', true), '');
begin
  if tg_level = 'STATEMENT' then
    perform set_config('pgfunnel.why', '', true);
    return null;
  end if;

  perform record_event(
    new.campaign_status_at,
    case
      when new.campaign_status <> 'active' then new.campaign_status::text
      when old.added_to_campaign_at is null then 'fed'
      else 'resumed'
    end,
    jsonb_build_object(
      'from', old.campaign_status,
      'to', new.campaign_status,
      'why', case
        when v_why is null then 'by ' || coalesce(nullif(current_setting('role'), 'none'), session_user)
        when v_why ~ '^[a-z_]*$' then v_why -- the name of a function
        else mask_contacts(v_why)
      end
    ),
    p_lead_id => new.id
  );
  return null;
end
$$;

comment on function log_campaign_move() is
  'Trigger on leads: an event for each change of campaign_status, with from, to and why: the function that moved it,'
  ' what pgfunnel.why says, or by and the role.';

create or replace trigger leads_3_log_campaign_move
after update of campaign_status on leads
for each row
when (new.campaign_status <> old.campaign_status)
execute function log_campaign_move();

create or replace trigger leads_6_forget_why
after update of campaign_status on leads
for each statement
execute function log_campaign_move();
