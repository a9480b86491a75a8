-- Refuses a file while it is copied in: what was staged of it goes, the reason stays. Its copy goes on to the end, and
-- finish_upload gives the receipt. Nothing is raised here: the server would log the line of the copy with it.
create or replace function refuse_copy(p_upload_id uuid, p_code text, p_message text)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_receipt upload_receipt;
begin
  delete from leads_staging as s where s.upload_id = p_upload_id;
  delete from upload_pieces as p where p.upload_id = p_upload_id;

  select r.*
    into v_receipt
    from uploads as u
   cross join refuse_file(clock_timestamp(), u.source, null, u.file_name, null, p_code, p_message, u.id) as r
   where u.id = p_upload_id;

  update upload_copies as c
     set refused_status = v_receipt.status,
         head = '',
         rest = '',
         hash_rest = ''
   where c.upload_id = p_upload_id;
end
$$;

comment on function refuse_copy(uuid, text, text) is
  'Refuses an upload that is being copied in; codes as in refuse_file.';
