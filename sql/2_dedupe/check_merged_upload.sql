-- What an upload did is known only once it was merged, and as long as its lines are kept.
create or replace function check_merged_upload(p_upload_id uuid)
returns void
language plpgsql stable set search_path from current
as $$
declare
  v_upload uploads;
begin
  select u.* into v_upload from uploads as u where u.id = p_upload_id;

  if not found then
    raise exception using errcode = 'PF041',
      message = format('there is no upload %s', coalesce(p_upload_id::text, 'null')),
      hint = 'select id, source, file_name, received_at from uploads order by received_at desc lists them.';
  end if;

  if v_upload.status in ('receiving', 'refused') then
    raise exception using errcode = 'PF042',
      message = format('upload %s was not merged, it is %s', p_upload_id, v_upload.status),
      hint = case v_upload.status
        when 'receiving' then 'Nothing of it reached a lead: finish_upload or discard_upload it.'
        else 'Nothing of it reached a lead; uploads.message says why.'
      end;
  end if;

  if v_upload.rows_read <> (select count(*) from upload_rows as r where r.upload_id = p_upload_id) then
    raise exception using errcode = 'PF043',
      message = format('the lines of upload %s are purged', p_upload_id),
      hint = 'What became of each line is kept for a time that settings says. The counts in uploads remain.';
  end if;
end
$$;

comment on function check_merged_upload(uuid) is
  'PF041 for an unknown upload, PF042 for one that was not merged, PF043 for one whose lines are purged.';
