-- A statement has written into upload_file: what it brought is staged, so that a copy is all there when it ends.
--
-- The client is told here why the file is refused, and not at the row: with what is raised at a row of a copy the
-- server logs the row.
--
-- Security definer: a file's bytes are the owner's alone.
create or replace function upload_file_end()
returns trigger
language plpgsql security definer set search_path from current
as $$
declare
  v_upload_id uuid := (session_copy()).upload_id;
  v_message text;
begin
  perform stage_copied(v_upload_id, false, clock_timestamp());

  select u.message into v_message from uploads as u where u.id = v_upload_id and u.status = 'refused';

  if found then
    raise warning 'the file is refused: %', v_message;
  end if;

  return null;
end
$$;

comment on function upload_file_end() is
  'Trigger on upload_file, after a statement. Warns the client if the file is refused. PF036 if the session has no'
  ' upload.';

create or replace trigger upload_file_3_end
after insert on upload_file
for each statement
execute function upload_file_end();
