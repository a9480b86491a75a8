-- Refuses a file while it is copied in: what was staged of it is removed, the reason stays. The client copies on to the
-- end, and finish_upload gives the receipt. Nothing is raised here: the server would log the line of the copy with it.
create or replace function refuse_copy(p_upload_id uuid, p_fault upload_receipt, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  delete from leads_staging as s where s.upload_id = p_upload_id;
  delete from upload_pieces as p where p.upload_id = p_upload_id;

  perform refuse_file(u, p_fault, p_now) from uploads as u where u.id = p_upload_id;

  update upload_copies as c
     set refused_status = p_fault.status,
         head = '',
         rest = '',
         hash_rest = ''
   where c.upload_id = p_upload_id;
end
$$;

comment on function refuse_copy(uuid, upload_receipt, timestamptz) is
  'Refuses an upload that is being copied in. p_fault: of file_fault.';
