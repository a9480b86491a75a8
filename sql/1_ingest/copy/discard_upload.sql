-- Gives up a file that was begun and not finished, and removes what was staged of it in clear. Any service may do so:
-- the login that began it may be gone.
--
-- Security definer: staging is the owner's alone.
create or replace function discard_upload(p_upload_id uuid)
returns void
language plpgsql volatile security definer set search_path from current
as $$
begin
  perform discard_upload(p_upload_id, clock_timestamp());
end
$$;

create or replace function discard_upload(p_upload_id uuid, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  delete from upload_copies as c where c.upload_id = p_upload_id;

  if not found then
    raise exception using errcode = 'PF039',
      message = format('upload %s is not one that waits to be finished', p_upload_id),
      hint = 'select id, file_name from uploads where status = ''receiving'' lists them.';
  end if;

  delete from leads_staging as s where s.upload_id = p_upload_id;

  update uploads as u
     set status = 'refused',
         outcome = 'discarded',
         message = 'It was discarded before it was finished.',
         rows_read = 0,
         finished_at = p_now
   where u.id = p_upload_id
     and u.status = 'receiving';

  perform record_event(p_now, 'discarded', p_upload_id => p_upload_id);
end
$$;

comment on function discard_upload(uuid) is
  'Drops what was copied in of a file that is not finished. PF039 if there is no such upload.';
comment on function discard_upload(uuid, timestamptz) is 'discard_upload at a given time.';

grant execute on function discard_upload(uuid) to pipeline_writer;
