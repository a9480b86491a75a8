-- Lists the do-not-call marks of the leads of a reverted upload. An import can only add a mark, and which import added
-- it is not kept, so each stays.
create or replace function list_do_not_call(p_upload_id uuid)
returns void
language sql volatile set search_path from current
as $$
  insert into upload_remains (upload_id, lead_id, what, reason)
  select p_upload_id, k.lead_id, format('%s %s', k.channel, k.position), 'a do-not-call mark is never taken back'
    from lead_contacts as k
   where k.lead_id = any(array(select r.lead_id from upload_rows as r where r.upload_id = p_upload_id and r.lead_id is not null))
     and k.do_not_call
  on conflict (upload_id, lead_id, what) do nothing;
$$;

comment on function list_do_not_call(uuid) is 'Adds the marked contacts of the upload''s leads to upload_remains.';
