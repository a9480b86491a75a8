-- What both paths do once the content is trusted: guard, stage, merge, in one transaction. The same content again
-- gets the first receipt and nothing is done; of two at once one works, and the other waits for it at the guard's
-- primary key. A message id that its source used before, for other content, is refused. A file that can't be read is
-- answered, not raised, and leaves no guard, so that it may be sent again once it can be read. Who set a lock_timeout
-- and waits longer for another's upload is answered too; a serialization failure passes, since under repeatable read
-- the first receipt can't be seen: the transaction has to be run again.
create or replace function ingest_content(
  p_now timestamptz, p_source text, p_body bytea, p_file_name text, p_message_id text default null
)
returns upload_receipt
language plpgsql
volatile
set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_upload_id uuid := gen_random_uuid();
  v_sha256 text := encode(sha256(p_body), 'hex');
  v_began timestamptz := clock_timestamp();
  v_first uuid;
  v_code text;
  v_message text;
begin
  insert into ingest_replay_guard (content_sha256, received_at, source, message_id, upload_id)
  values (v_sha256, p_now, p_source, p_message_id, v_upload_id)
  on conflict do nothing;

  if not found then
    select g.upload_id into v_first from ingest_replay_guard as g where g.content_sha256 = v_sha256;

    if v_first is null and not exists (
      select from ingest_replay_guard as g where g.source = p_source and g.message_id = p_message_id
    ) then
      -- the upload that was in the way has just been reverted
      return ingest_content(p_now, p_source, p_body, p_file_name, p_message_id);
    elsif v_first is null then
      return refuse_message(
        p_now, p_source, 422, 'message_id_reused',
        'This message id came before with other content: give each message its own.'
      );
    end if;

    perform record_event(p_now, 'replayed', p_upload_id => v_first, p_source => p_source);
    return receipt_of(v_first);
  end if;

  insert into uploads (id, source, file_name, message_id, content_sha256, bytes, received_at)
  values (v_upload_id, p_source, p_file_name, p_message_id, v_sha256, octet_length(p_body), p_now);

  perform stage_csv(v_upload_id, p_source, decode_text(p_body));

  update uploads as u
     set staged_ms = extract(epoch from clock_timestamp() - v_began) * 1000
   where u.id = v_upload_id;
  perform record_event(
    p_now, 'upload',
    p_upload_id => v_upload_id,
    p_source => p_source,
    p_duration_ms => (extract(epoch from clock_timestamp() - v_began) * 1000)::int
  );

  return merge_staged(v_upload_id, p_now);
exception
  when lock_not_available then
    return refuse_message(
      p_now, p_source, 409, 'in_progress', 'Another upload is being worked on at this moment: send it again.'
    );
  when sqlstate 'PF021' or sqlstate 'PF022' or sqlstate 'PF023'
    or sqlstate 'PF024' or sqlstate 'PF025' or sqlstate 'PF026'
  then
    get stacked diagnostics v_code = returned_sqlstate, v_message = message_text;
    return refuse_file(p_now, p_source, p_body, p_file_name, p_message_id, v_code, v_message);
  when data_exception or program_limit_exceeded then
    -- the server's own message may hold the value
    return refuse_file(
      p_now, p_source, p_body, p_file_name, p_message_id, 'unstorable',
      format('the file has a value that can''t be stored (SQLSTATE %s)', sqlstate)
    );
end
$$;

comment on function ingest_content(timestamptz, text, bytea, text, text) is
  'Takes in a file whose sender is trusted. Returns its receipt: 200, or 400, 413, 422 for one that can''t be read, 409'
  ' after lock_timeout.';
