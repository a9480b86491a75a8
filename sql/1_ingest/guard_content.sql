-- The replay guard: the same content is taken in once, from any source. Of two transactions with the same content one
-- works; the other waits for it at the guard's primary key. Above read committed the waiting one gets a serialization
-- failure, since it can't see the first receipt: the caller runs its transaction again.
create or replace function guard_content(p_upload uploads, p_now timestamptz)
returns uuid
language plpgsql volatile set search_path from current
as $$
declare
  v_first uuid;
begin
  loop
    insert into ingest_replay_guard (content_sha256, received_at, source, message_id, upload_id)
    values (p_upload.content_sha256, p_upload.received_at, p_upload.source, p_upload.message_id, p_upload.id)
    on conflict do nothing
    returning upload_id into v_first;

    exit when found;

    select g.upload_id into v_first from ingest_replay_guard as g where g.content_sha256 = p_upload.content_sha256;

    if found then
      perform record_event(p_now, 'replayed', p_upload_id => v_first, p_source => p_upload.source);
      exit;
    end if;

    exit when exists (
      select from ingest_replay_guard as g where g.source = p_upload.source and g.message_id = p_upload.message_id
    );

    -- the upload that was in the way has just been reverted: try again
  end loop;

  return v_first;
end
$$;

comment on function guard_content(uploads, timestamptz) is
  'The upload that a content belongs to: the given one if the content is new, else the one that brought it first. Null'
  ' if the source used the message id before, for other content.';
