-- Locks the leads that a merge may change, in order of id, as every function does, so that no two sessions deadlock.
-- Called once, after the first round is placed, for both rounds: locking again in the second would be out of order. The
-- second round meets only leads that the first one met or made, and owners of a key of a row still in staging.
create or replace function lock_met_leads(p_upload_id uuid)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  perform
     from leads as l
    where l.id = any(array(
      select r.lead_id
        from upload_rows as r
       where r.upload_id = p_upload_id
         and r.outcome <> 'new'
      union
      select o.lead_id
        from staged_keys(p_upload_id) as k
       cross join unnest(array[k.mak_lead, k.apn_lead, k.addr_lead]) as o (lead_id)
    ))
    order by l.id
      for update;
end
$$;

comment on function lock_met_leads(uuid) is
  'Locks the leads that a file''s rows meet, until the end of the transaction.';
