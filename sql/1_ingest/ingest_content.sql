-- What the signed and the trusted path do once the content is trusted: guard, stage, merge, in one transaction. A file
-- that can't be read is answered, not raised, and leaves no guard, so that its sender may mend it and send it again. A
-- caller whose lock_timeout ends while another upload is worked on is answered too.
create or replace function ingest_content(
  p_source text, p_body bytea, p_file_name text, p_message_id text, p_now timestamptz
)
returns upload_receipt
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_began timestamptz := clock_timestamp();
  v_upload uploads;
  v_first uuid;
  v_fault upload_receipt;
begin
  v_upload.id := gen_random_uuid();
  v_upload.source := p_source;
  v_upload.file_name := mask_contacts(left(p_file_name, 255));
  v_upload.message_id := p_message_id;
  v_upload.content_sha256 := encode(sha256(p_body), 'hex');
  v_upload.bytes := octet_length(p_body);
  v_upload.received_at := p_now;

  if v_upload.bytes > setting('max_upload_bytes')::bigint then
    raise exception using errcode = 'PF026',
      message = format('the file has %s bytes; at most %s are taken', v_upload.bytes, setting('max_upload_bytes')),
      hint = 'Split it, copy it into upload_file, or raise max_upload_bytes in settings.';
  end if;

  v_first := guard_content(v_upload, p_now);

  if v_first is null then
    return refuse_message(
      p_source, 422, 'message_id_reused',
      'This message id came before with other content: give each message its own.', null, p_now
    );
  elsif v_first <> v_upload.id then
    return receipt_of(v_first);
  end if;

  insert into uploads (id, source, file_name, message_id, content_sha256, bytes, received_at)
  values (
    v_upload.id, p_source, v_upload.file_name, p_message_id, v_upload.content_sha256, v_upload.bytes, p_now
  );

  perform stage_csv(v_upload.id, p_source, decode_text(p_body));

  update uploads as u
     set staged_ms = extract(epoch from clock_timestamp() - v_began) * 1000
   where u.id = v_upload.id
  returning u.* into v_upload;

  perform record_event(
    p_now, 'upload',
    p_upload_id => v_upload.id,
    p_source => p_source,
    p_duration_ms => v_upload.staged_ms
  );

  return merge_staged(v_upload.id, p_now);
exception
  when lock_not_available then
    return refuse_message(
      p_source, 409, 'in_progress', 'Another upload is being worked on at this moment: send it again.', null, p_now
    );
  when others then
    v_fault := file_fault(sqlstate, sqlerrm);
    if v_fault is null then
      raise;
    end if;
    return refuse_file(v_upload, v_fault, p_now);
end
$$;

comment on function ingest_content(text, bytea, text, text, timestamptz) is
  'Takes in a file whose sender is trusted. Returns its receipt: 200, also for content that was merged before; 400,'
  ' 413, 422 for a file that can''t be read, 409 after lock_timeout. p_message_id: null where none was signed.';
