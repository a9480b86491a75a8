-- What a delivery leaves on its lead: how far the sequence has come, and for a call the vendor's id. Whether the call
-- counts as an attempt is known when it has ended: see note_call.
create or replace function count_delivery(p_delivery deliveries, p_external_id text)
returns void
language sql volatile set search_path from current
as $$
  update leads as l
     set current_sequence_step = greatest(l.current_sequence_step, p_delivery.sequence_step),
         -- an index has it, which takes no long value
         vapi_call_id = coalesce(
           case p_delivery.channel when 'phone' then left(p_external_id, 200) end, l.vapi_call_id
         )
   where l.id = p_delivery.lead_id;
$$;

comment on function count_delivery(deliveries, text) is
  'Updates current_sequence_step, and for a call vapi_call_id, of the delivery''s lead.';
