-- Takes one upload back, under the locks that revert_upload holds.
create or replace function take_back_upload(p_upload_id uuid, p_now timestamptz)
returns table (removed int, restored uuid[], kept uuid[])
language plpgsql volatile set search_path from current
as $$
begin
  perform check_merged_upload(p_upload_id);

  removed := remove_made_leads(p_upload_id);
  restored := revert_columns(p_upload_id, p_now) || revert_documents(p_upload_id, p_now);
  perform renumber_contacts(restored);
  perform follow_contacts(restored, p_now);
  perform list_do_not_call(p_upload_id);
  perform settle_reverted_rows(p_upload_id);

  restored := array(select distinct r.lead_id from unnest(restored) as r (lead_id));
  kept := array(select distinct k.lead_id from upload_remains as k where k.upload_id = p_upload_id);

  delete from ingest_replay_guard as g where g.upload_id = p_upload_id;

  update uploads as u
     set status = 'reverted',
         outcome = 'reverted',
         message = 'Reverted with its file.'
   where u.id = p_upload_id;

  perform record_event(
    p_now, 'reverted',
    jsonb_build_object('removed', removed, 'restored', cardinality(restored), 'kept', cardinality(kept)),
    p_upload_id => p_upload_id,
    p_source => (select u.source from uploads as u where u.id = p_upload_id),
    p_rows => removed
  );

  return next;
end
$$;

comment on function take_back_upload(uuid, timestamptz) is
  'One row: how many leads are removed, which were given old values, of which something stays. Event reverted: leads'
  ' removed (also in rows), restored, kept. Errors as in check_merged_upload.';
