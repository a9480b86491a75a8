-- A row of upload_file: a piece of the file. Pieces gather until there are enough of them to parse, and are then
-- staged.
--
-- Security definer: a file's bytes are the owner's alone.
create or replace function upload_file_piece()
returns trigger
language plpgsql security definer set search_path from current
as $$
declare
  v_copy record := session_copy();
  v_waiting bigint := current_setting('pgfunnel.waiting_bytes')::bigint;
  v_piece bytea;
begin
  if v_copy.is_refused then
    return new; -- the client copies on to the end
  end if;

  v_piece := decode_piece(new.base64);

  if v_piece is null then
    perform refuse_copy(
      v_copy.upload_id,
      file_fault(
        'not_base64',
        'A row is no line of base64, or too long for one. Copy with: from program ''base64 -w 65536 FILE''; the width'
        ' must be a multiple of four.'
      ),
      clock_timestamp()
    );
    return new;
  end if;

  if octet_length(v_piece) > 0 then
    insert into upload_pieces (upload_id, position, piece) values (v_copy.upload_id, v_waiting, v_piece);
    v_waiting := v_waiting + octet_length(v_piece);
  end if;

  if v_waiting >= setting('copy_part_bytes')::bigint then
    perform stage_copied(v_copy.upload_id, false, clock_timestamp());
    v_waiting := 0;
  end if;

  perform set_config('pgfunnel.waiting_bytes', v_waiting::text, true);
  return new;
end
$$;

comment on function upload_file_piece() is
  'Trigger on upload_file, instead of a row: adds its bytes to the upload of the session. PF036 without one. A row'
  ' that is no base64 refuses the file.';

create or replace trigger upload_file_2_piece
instead of insert on upload_file
for each row
execute function upload_file_piece();
