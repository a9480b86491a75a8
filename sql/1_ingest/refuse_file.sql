-- Answers a file that its sender may send and nobody can read: its row in uploads, its event, its receipt, and a dead
-- letter with the reason. The same bytes again from the same source have their letter, as long as it is open. A file
-- that was copied in has its row already.
create or replace function refuse_file(
  p_now timestamptz,
  p_source text,
  p_body bytea,
  p_file_name text,
  p_message_id text,
  p_code text,
  p_message text,
  p_upload_id uuid default gen_random_uuid()
)
returns upload_receipt
language plpgsql
volatile
set search_path from current
as $$
declare
  v_upload uploads;
  v_status int;
  v_outcome text;
begin
  select a.status, a.outcome
    into v_status, v_outcome
    from (
      values
        ('PF021', 400, 'unclosed_quote'), ('PF022', 400, 'not_text'), ('PF023', 400, 'bad_encoding'),
        ('PF024', 400, 'empty'), ('PF025', 422, 'unknown_header'), ('PF026', 413, 'too_large'),
        ('unstorable', 400, 'unstorable'), ('not_base64', 400, 'not_base64')
    ) as a (code, status, outcome)
   where a.code = p_code;

  insert into uploads (
    id, source, file_name, message_id, content_sha256, bytes, status, outcome, message, received_at, finished_at
  )
  values (
    p_upload_id, p_source, p_file_name, p_message_id, encode(sha256(p_body), 'hex'), octet_length(p_body), 'refused',
    v_outcome, p_message, p_now, p_now
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
      jsonb_strip_nulls(jsonb_build_object('file', p_file_name, 'bytes', v_upload.bytes, 'outcome', v_outcome)),
      p_message,
      'Nothing of it was taken: mend the file and send it again under its name. Under another: discard_dlq.',
      p_upload_id => v_upload.id
    );
  end if;

  perform record_event(
    p_now, 'refused', jsonb_build_object('outcome', v_outcome),
    p_upload_id => v_upload.id,
    p_source => p_source,
    p_http_status => v_status
  );

  return receipt_of(v_upload.id, v_status);
end
$$;

comment on function refuse_file(timestamptz, text, bytea, text, text, text, text, uuid) is
  'The receipt of a file that can''t be read: the code of the error gives status and outcome. p_upload_id: an upload''s'
  ' that is known already, and whose bytes were counted then.';
