-- Takes the pieces that a copy has brought: counts and hashes them, stages the records that they end, and keeps the
-- rest for the next time. A fault of the file is not raised, since that would undo the evidence together with the copy:
-- the upload is refused, and whatever else comes of it is dropped.
--
-- Other sessions see the rows of a copy that still runs by its application_name, which shows outside of the
-- transaction.
create or replace function stage_copied(p_upload_id uuid, p_is_last boolean, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_copy upload_copies;
  v_upload uploads;
  v_new bytea;
  v_longest bigint;
  v_fault upload_receipt;
begin
  select c.* into v_copy from upload_copies as c where c.upload_id = p_upload_id for update;
  select u.* into v_upload from uploads as u where u.id = p_upload_id;

  with taken as (
    delete from upload_pieces as p where p.upload_id = p_upload_id returning p.position, p.piece
  )

  select coalesce(string_agg(t.piece, '' order by t.position), '') into v_new from taken as t;

  if v_copy.refused_status is not null then
    return;
  end if;

  begin
    select h.chain, h.rest
      into v_copy.hash_chain, v_copy.hash_rest
      from chain_hash(v_copy.hash_chain, v_copy.hash_rest || v_new, p_is_last) as h;

    v_copy.rest := v_copy.rest || v_new;
    v_copy := stage_part(
      v_copy,
      v_upload.source,
      case
        when p_is_last or position(e'\\x00'::bytea in v_new) > 0 then octet_length(v_copy.rest) -- NUL: it is refused
        else last_line_end(v_copy.rest)
      end,
      p_is_last
    );

    update uploads as u
       set bytes = u.bytes + octet_length(v_new)
     where u.id = p_upload_id
    returning u.* into v_upload;

    v_longest := setting('max_field_bytes')::bigint * setting('max_upload_columns')::bigint;
    if octet_length(v_copy.rest) > v_longest then
      raise exception using errcode = 'PF021',
        message = format('what follows line %s is no whole record after %s bytes', v_copy.lines, v_longest),
        hint = 'A quote is never closed, or the file has no line ends.';
    end if;

    if v_upload.rows_read > setting('max_copied_rows')::bigint then
      raise exception using errcode = 'PF026',
        message = format('the file has more than %s rows', setting('max_copied_rows')),
        hint = 'Split it, or raise max_copied_rows in settings.';
    end if;

    update upload_copies as c
       set encoding = v_copy.encoding,
           head = v_copy.head,
           head_lines = v_copy.head_lines,
           lines = v_copy.lines,
           rest = v_copy.rest,
           hash_chain = v_copy.hash_chain,
           hash_rest = v_copy.hash_rest
     where c.upload_id = p_upload_id;
    perform set_config('application_name', format('pgfunnel %s %s', p_upload_id, v_upload.rows_read), true);
  exception
    when others then
      v_fault := file_fault(sqlstate, sqlerrm);
      if v_fault is null then
        raise;
      end if;
      perform refuse_copy(p_upload_id, v_fault, p_now);
  end;
end
$$;

comment on function stage_copied(uuid, boolean, timestamptz) is
  'Stages what an upload''s copy has brought; at the end of the file also what no line end closes.';
