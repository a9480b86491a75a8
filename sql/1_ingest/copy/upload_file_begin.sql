-- A statement begins to write into upload_file: no piece waits yet to be staged.
--
-- Security definer: the copy's state is the owner's alone.
create or replace function upload_file_begin()
returns trigger
language plpgsql security definer set search_path from current
as $$
begin
  perform session_copy();
  perform set_config('pgfunnel.waiting_bytes', '0', true);
  return null;
end
$$;

comment on function upload_file_begin() is
  'Trigger on upload_file, before a statement. PF036 if the session has no upload.';

create or replace trigger upload_file_1_begin
before insert on upload_file
for each statement
execute function upload_file_begin();
