-- The dead letters of a reverted upload are discarded: their lines come again with the file. The dead letter that was
-- redriven as this upload waits again; reverting its own file discards it.
create or replace function settle_reverted_rows(p_upload_id uuid)
returns void
language sql volatile set search_path from current
as $$
  update pipeline_dlq as q
     set state = 'discarded',
         lease_token = null,
         lease_until = null,
         last_error = 'The upload was reverted: its lines come again with the file.'
   where q.upload_id = p_upload_id
     and q.state in ('waiting', 'claimed');

  update pipeline_dlq as q
     set state = 'waiting',
         redriven_as = null,
         retry_after = null,
         last_error = 'What it was redriven as was reverted.'
   where q.redriven_as = p_upload_id;
$$;

comment on function settle_reverted_rows(uuid) is
  'Discards the open dead letters of an upload, and opens again the one that it was redriven from.';
