-- An open delivery to a lead that has a suppressed contact on its channel. An opt-out cancels what is open, but a lead
-- that is active may get such a contact from a later file, or the owner suppressed it by hand. It is never claimed, so
-- it waits for nothing.
create or replace function health_of_suppression()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'suppressed_deliveries',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'none is open'
      else format(
        '%s open to leads with a suppressed contact, the first has id %s',
        counted(count(*), 'delivery is', 'deliveries are'),
        min(d.id)
      )
    end,
    case
      when count(*) > 0
        then 'They are not sent. Call withdraw_consent() for the leads, or send them the consent form.'
    end
    from deliveries as d
   where d.state in ('pending', 'claimed')
     and exists (
       select
         from lead_contacts as c
         join suppressions as s on s.channel = c.channel and s.value_hash = c.value_hash
        where c.lead_id = d.lead_id
          and c.channel = d.channel
          and c.verified
     );
$$;

comment on function health_of_suppression() is
  'Check suppressed_deliveries: warns if a delivery is open to a lead with a suppressed contact on its'
  ' channel.';
