-- Takes an upload back as far as later facts allow. It waits for merges and they for it; then it locks the leads of the
-- file in order of id, as everywhere, and judges what it sees under these locks.
create or replace function revert_upload_at(p_upload_id uuid, p_now timestamptz)
returns upload_receipt
language plpgsql
volatile
set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_receipt upload_receipt;
  v_removed int;
  v_restored uuid[];
  v_restored_count int;
  v_kept int;
begin
  perform pg_advisory_xact_lock(lock_key('merge'));

  if exists (select from uploads as u where u.id = p_upload_id and u.status = 'reverted') then
    v_receipt := receipt_of(p_upload_id);
    v_receipt.outcome := 'already_reverted';
    v_receipt.message := 'The upload was reverted before: nothing is done.';
    return v_receipt;
  end if;

  perform check_merged_upload(p_upload_id);

  perform
     from leads as l
    where l.id = any(array(
      select r.lead_id from upload_rows as r where r.upload_id = p_upload_id and r.lead_id is not null
    ))
    order by l.id
      for update;

  v_removed := remove_made_leads(p_upload_id);
  v_restored := revert_columns(p_upload_id, p_now) || revert_documents(p_upload_id, p_now);
  perform renumber_contacts(v_restored);
  perform follow_contacts(v_restored, p_now);
  perform list_marks(p_upload_id);
  perform settle_reverted_letters(p_upload_id);

  delete from ingest_replay_guard as g where g.upload_id = p_upload_id;

  v_restored_count := (select count(distinct r.lead_id) from unnest(v_restored) as r (lead_id));
  v_kept := (select count(distinct k.lead_id) from upload_remains as k where k.upload_id = p_upload_id);

  update uploads as u
     set status = 'reverted',
         outcome = 'reverted',
         message = format(
           'Reverted: %s removed, %s restored. On %s something stays: see upload_remains.',
           counted(v_removed, 'lead', 'leads'), v_restored_count, v_kept
         )
   where u.id = p_upload_id;

  perform record_event(
    p_now, 'reverted',
    jsonb_build_object('removed', v_removed, 'restored', v_restored_count, 'kept', v_kept),
    p_upload_id => p_upload_id,
    p_source => (select u.source from uploads as u where u.id = p_upload_id),
    p_rows => v_removed
  );

  return receipt_of(p_upload_id);
end
$$;

comment on function revert_upload_at(uuid, timestamptz) is
  'revert_upload at a given time. Event reverted: leads removed (also in rows), restored, kept.';

revoke all on function revert_upload_at(uuid, timestamptz) from public;
