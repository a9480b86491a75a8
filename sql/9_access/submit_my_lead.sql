-- A row inserted into my_leads is a submitted lead, for the broker who inserts it and no other.
create or replace function submit_my_lead()
returns trigger
language plpgsql set search_path from current
as $$
declare
  v_answer text;
begin
  if new.assigned_broker_id is distinct from current_broker_id() and new.assigned_broker_id is not null then
    raise exception using errcode = 'PF072',
      message = 'a lead is submitted for oneself only',
      hint = 'Leave assigned_broker_id out: it is yours.';
  end if;

  v_answer := submit_lead(jsonb_strip_nulls(jsonb_build_object(
    'property_street', new.street,
    'property_unit', new.unit,
    'property_city', new.city,
    'property_state', new.state,
    'property_zip', new.zip
  )));

  if v_answer <> 'accepted' then
    raise exception using errcode = 'PF073',
      message = v_answer,
      hint = 'Give street with its number, and ZIP or city and state. submit_lead takes names and contacts as well.';
  end if;

  return new;
end
$$;

comment on function submit_my_lead() is
  'Trigger on my_leads: submits the address. PF072 for another broker''s id, PF073 if submit_lead does not accept it.';

create or replace trigger my_leads_insert
instead of insert on my_leads
for each row
execute function submit_my_lead();
