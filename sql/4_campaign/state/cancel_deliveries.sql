-- Cancels what still waits for a lead that replied, booked, opted out or came to an end.
--
-- Security definer: the outbox is written by functions alone.
create or replace function cancel_deliveries()
returns trigger
language plpgsql security definer set search_path from current
as $$
begin
  perform cancel_open_deliveries(array[new.id], null, new.campaign_status_at);
  return null;
end
$$;

comment on function cancel_deliveries() is
  'Trigger on leads: cancels the open deliveries of a lead that is replied, booked, completed, opted_out, bounced,'
  ' invalid or failed.';

create or replace trigger leads_4_cancel_deliveries
after update of campaign_status on leads
for each row
when (
  new.campaign_status <> old.campaign_status
  and new.campaign_status in ('replied', 'booked', 'completed', 'opted_out', 'bounced', 'invalid', 'failed')
)
execute function cancel_deliveries();
