-- Takes what is written into upload_file. Pieces gather until there are enough of them to parse; then, and when the
-- statement ends, they are staged. What must hold is checked for each row, since a session may set anything anywhere.
--
-- Security definer: a file's bytes are the owner's alone.
create or replace function write_upload_file()
returns trigger
language plpgsql
security definer
set search_path from current
as $$
declare
  v_upload_id text := current_setting('pgfunnel.upload', true);
  v_is_refused boolean;
  v_message text;
  v_waiting bigint;
  v_piece bytea;
begin
  -- one copy at a time: a second one waits here
  select c.refused_status is not null
    into v_is_refused
    from upload_copies as c
   where c.upload_id::text = v_upload_id
     and c.login = session_user
     for update;

  if not found then
    raise exception using errcode = 'PF036',
      message = 'this session has no upload that it may write to',
      hint = 'select begin_upload(''vendor'', ''big.csv''); to go on with one: set pgfunnel.upload = ''ITS ID'';';
  end if;

  if tg_when = 'BEFORE' then
    perform set_config('pgfunnel.waiting_bytes', '0', true);
    return null;
  end if;

  if tg_when = 'AFTER' then
    perform stage_copied(v_upload_id::uuid, false);

    -- here and not with the row: the server logs a row of a copy with whatever is raised at it
    for v_message in
      select u.message
        from uploads as u
        join upload_copies as c on c.upload_id = u.id
       where u.id::text = v_upload_id
         and c.refused_status is not null
    loop
      raise warning 'the file is refused: %', v_message;
    end loop;

    return null;
  end if;

  if v_is_refused then
    return new; -- the copy goes on to its end
  end if;

  v_waiting := current_setting('pgfunnel.waiting_bytes')::bigint;
  v_piece := decode_piece(new.base64);

  if v_piece is null then
    perform refuse_copy(
      v_upload_id::uuid, 'not_base64',
      'A row is no line of base64, or too long for one. Copy with: from program ''base64 -w 65536 FILE''; the width'
      ' must be a multiple of four.'
    );
    return new;
  end if;

  if octet_length(v_piece) > 0 then
    insert into upload_pieces (upload_id, position, piece) values (v_upload_id::uuid, v_waiting, v_piece);
    v_waiting := v_waiting + octet_length(v_piece);
  end if;

  if v_waiting >= setting('copy_part_bytes')::bigint then
    perform stage_copied(v_upload_id::uuid, false);
    v_waiting := 0;
  end if;

  perform set_config('pgfunnel.waiting_bytes', v_waiting::text, true);
  return new;
end
$$;

comment on function write_upload_file() is
  'Trigger on upload_file: adds each row''s bytes to the upload of the session. PF036 without one. A row that is no'
  ' base64 refuses the file; the client is warned of what is refused when the statement ends.';

create or replace trigger upload_file_1_begin
before insert on upload_file
for each statement
execute function write_upload_file();

create or replace trigger upload_file_2_piece
instead of insert on upload_file
for each row
execute function write_upload_file();

create or replace trigger upload_file_3_end
after insert on upload_file
for each statement
execute function write_upload_file();
