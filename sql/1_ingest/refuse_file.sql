-- Answers a file whose sender is trusted and whose content can't be read: a row in uploads, a dead letter with the
-- reason, an event, the receipt. The same bytes again from the same source are counted on their dead letter as long as
-- it is open. A file that was copied in has its row in uploads already.
create or replace function refuse_file(p_upload uploads, p_fault upload_receipt, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
as $$
declare
  v_upload uploads;
begin
  insert into uploads (
    id, source, file_name, message_id, content_sha256, bytes, status, outcome, message, received_at, finished_at
  )
  values (
    p_upload.id, p_upload.source, p_upload.file_name, p_upload.message_id, p_upload.content_sha256, p_upload.bytes,
    'refused', p_fault.outcome, p_fault.message, p_upload.received_at, p_now
  )
  on conflict (id) do update
     set status = excluded.status,
         outcome = excluded.outcome,
         message = excluded.message,
         rows_read = 0,
         finished_at = excluded.finished_at
  returning * into v_upload;

  if not note_arrival(v_upload, p_now) then
    perform add_dead_letter(
      'upload',
      jsonb_strip_nulls(jsonb_build_object(
        'file', v_upload.file_name, 'bytes', v_upload.bytes, 'outcome', v_upload.outcome
      )),
      v_upload.message,
      'Nothing of it was taken: mend the file and send it again under its name. Under another: discard_dlq.',
      p_upload_id => v_upload.id,
      p_now => p_now
    );
  end if;

  perform record_event(
    p_now, 'refused', jsonb_build_object('outcome', v_upload.outcome),
    p_upload_id => v_upload.id,
    p_source => v_upload.source,
    p_http_status => p_fault.status
  );

  return receipt_of(v_upload.id, p_fault.status);
end
$$;

comment on function refuse_file(uploads, upload_receipt, timestamptz) is
  'The receipt of a file that can''t be read. p_upload: the row of uploads as far as it is known. p_fault: of'
  ' file_fault.';
