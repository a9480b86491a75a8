-- Closes the gaps that removed contacts leave: positions count from 1, as in the sealed document. Done by way of
-- positions that are never used, since the primary key is checked row by row.
create or replace function renumber_contacts(p_lead_ids uuid[])
returns void
language sql volatile set search_path from current
as $$
  with wanted as (
    select
      k.lead_id,
      k.channel,
      k.position,
      row_number() over (partition by k.lead_id, k.channel order by k.position) as place
      from lead_contacts as k
     where k.lead_id = any(p_lead_ids)
  )

  update lead_contacts as k
     set position = 1000000000 + w.place
    from wanted as w
   where k.lead_id = w.lead_id
     and k.channel = w.channel
     and k.position = w.position
     and k.position <> w.place;

  update lead_contacts as k
     set position = k.position - 1000000000
   where k.lead_id = any(p_lead_ids)
     and k.position > 1000000000;

  -- with which contact a delivery was claimed is not known any more
  update deliveries as d
     set contact_position = null
   where d.lead_id = any(p_lead_ids)
     and d.contact_position is not null;
$$;

comment on function renumber_contacts(uuid[]) is
  'Positions of these leads'' contacts become 1, 2, 3 … within their channel, in the order they have.';
