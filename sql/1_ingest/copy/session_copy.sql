-- The upload that the session may write to, its row locked: a second copy into the same upload waits here. It is looked
-- up for each statement and each row anew, since a session may set pgfunnel.upload to anything at any time.
create or replace function session_copy(out upload_id uuid, out is_refused boolean)
language plpgsql volatile set search_path from current
as $$
begin
  select c.upload_id, c.refused_status is not null
    into upload_id, is_refused
    from upload_copies as c
   where c.upload_id::text = current_setting('pgfunnel.upload', true)
     and c.login = session_user
     for update;

  if not found then
    raise exception using errcode = 'PF036',
      message = 'this session has no upload that it may write to',
      hint = 'select begin_upload(''vendor'', ''big.csv''); to go on with one: set pgfunnel.upload = ''ITS ID'';';
  end if;
end
$$;

comment on function session_copy() is
  'The upload named by the setting pgfunnel.upload, and whether it was refused already. PF036 if the session''s login'
  ' began none of that name, or it is finished.';
