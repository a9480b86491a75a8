-- Opts a lead out: every contact of it is suppressed, as if the person had said so of each. A lead without a contact is
-- closed all the same; if it is closed already, there is nothing to tell.
create or replace function opt_out_lead(p_lead_id uuid, p_reason text, p_source text, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  perform lock_sharing_leads(array[p_lead_id]);

  perform suppress_value(
    lock_leads_of_contact(c.channel, c.value_hash), c.channel, c.value_hash, p_reason, p_source, null, null, p_now
  )
     from lead_contacts as c
    where c.lead_id = p_lead_id
    order by c.channel, c.position;

  if not found then
    perform close_opted_out(array[p_lead_id], false, null, p_reason, p_source, null, null, p_now);
  end if;
end
$$;

comment on function opt_out_lead(uuid, text, text, timestamptz) is
  'Event suppression, action added, for each contact; one without a channel if the lead has no'
  ' contact and something changed.';
