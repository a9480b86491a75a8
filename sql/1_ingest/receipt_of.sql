-- The answer to an upload, as its row has it: the same for the first time and for every replay.
create or replace function receipt_of(p_upload_id uuid, p_status int default 200)
returns upload_receipt
language sql stable set search_path from current
as $$
  select (
    p_status, u.outcome, u.message, u.id, u.rows_read, u.rows_new, u.rows_merged, u.rows_duplicate, u.rows_rejected,
    u.rows_quarantined
  )::upload_receipt
    from uploads as u
   where u.id = p_upload_id;
$$;

comment on function receipt_of(uuid, int) is
  'The receipt of an upload with a given HTTP status; null if it is unknown.';
