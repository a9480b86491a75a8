-- Removes the leads that an upload made and that are untouched since; the others are listed and stay as they are. A
-- lead's contacts go with it, and so do its before-images, which are personal too; upload_rows stays as evidence.
create or replace function remove_made_leads(p_upload_id uuid)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_untouched uuid[];
begin
  insert into upload_remains (upload_id, lead_id, what, reason)
  select p_upload_id, t.lead_id, 'lead', 'touched since: ' || string_agg(distinct t.reason, ', ' order by t.reason)
    from touched_leads(p_upload_id) as t
   group by t.lead_id;

  v_untouched := array(
    select r.lead_id
      from upload_rows as r
      left join upload_remains as t on t.upload_id = r.upload_id and t.lead_id = r.lead_id
     where r.upload_id = p_upload_id
       and r.outcome = 'new'
       and t.lead_id is null
  );

  with removed as (
    delete from leads as l where l.id = any(v_untouched) returning l.id
  )

  select coalesce(array_agg(r.id), '{}') into v_untouched from removed as r;

  -- a file may have made a lead in its first round and met it in the second
  delete from upload_changes as c
   using uploads as u, uploads as n, upload_rows as r
   where u.id = p_upload_id
     and n.merge_number >= u.merge_number
     and r.upload_id = u.id
     and r.outcome = 'new'
     and c.upload_id = n.id
     and c.lead_id = r.lead_id
     and (n.id = u.id or c.lead_id = any(v_untouched));

  return cardinality(v_untouched);
end
$$;

comment on function remove_made_leads(uuid) is
  'Deletes the untouched leads that an upload made, returns how many; lists the others in upload_remains as lead.';
