-- Undoes a file, so that it can be mended and sent again.
--
-- Security definer: keys, sealed documents and contacts are written by no role but the owner.
create or replace function revert_upload(p_upload_id uuid)
returns upload_receipt
language sql volatile security definer set search_path from current
as $$
  select * from revert_upload(p_upload_id, clock_timestamp());
$$;

-- Takes an upload back as far as later facts allow, and first, newest first, the lines of it that were redriven since
-- as uploads of their own. It locks in everybody's order – merges, then its leads by id, then its dead letters – and
-- judges what it sees under these locks.
create or replace function revert_upload(p_upload_id uuid, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_receipt upload_receipt;
  v_uploads uuid[];
  v_upload_id uuid;
  v_taken record;
  v_removed int := 0;
  v_restored uuid[] := array[]::uuid[];
  v_kept uuid[] := array[]::uuid[];
begin
  perform hold_lock('merge');

  if exists (select from uploads as u where u.id = p_upload_id and u.status = 'reverted') then
    v_receipt := receipt_of(p_upload_id);
    v_receipt.outcome := 'already_reverted';
    v_receipt.message := 'The upload was reverted before: nothing is done.';
    return v_receipt;
  end if;

  perform check_merged_upload(p_upload_id);

  v_uploads := array(
    select u.id
      from pipeline_dlq as q
      join uploads as u on u.id = q.redriven_as
     where q.upload_id = p_upload_id
     order by u.merge_number desc
  ) || p_upload_id;

  perform
     from leads as l
    where l.id = any(array(
      select r.lead_id from upload_rows as r where r.upload_id = any(v_uploads) and r.lead_id is not null
    ))
    order by l.id
      for update;

  perform from pipeline_dlq as q where p_upload_id in (q.upload_id, q.redriven_as) order by q.id for update;

  foreach v_upload_id in array v_uploads loop
    select t.* into v_taken from take_back_upload(v_upload_id, p_now) as t;
    v_removed := v_removed + v_taken.removed;
    v_restored := v_restored || v_taken.restored;
    v_kept := v_kept || v_taken.kept;
  end loop;

  update uploads as u
     set message = format(
       'Reverted%s: %s removed, %s restored. On %s something stays: see upload_remains.',
       case when cardinality(v_uploads) > 1 then ' with ' || counted(cardinality(v_uploads) - 1, 'redriven line') end,
       counted(v_removed, 'lead'),
       to_char((select count(distinct r.lead_id) from unnest(v_restored) as r (lead_id)), 'FM999,999,990'),
       to_char((select count(distinct k.lead_id) from unnest(v_kept) as k (lead_id)), 'FM999,999,990')
     )
   where u.id = p_upload_id;

  return receipt_of(p_upload_id);
end
$$;

comment on function revert_upload(uuid) is
  'Removes the leads that the file made and nobody touched since, gives changed fields their old values unless they'
  ' were changed again, takes out the contacts it added, discards its dead letters, and lets the file be sent again.'
  ' Lines of it that were redriven are reverted first, as uploads of their own: the message counts them and their'
  ' leads. An upload of one redriven line is reverted by itself too: its dead letter then waits again. What stays is'
  ' in upload_remains by upload, with the reason. The receipt''s counts are those of the merge; outcome reverted, or'
  ' already_reverted when there was nothing to do. PF041 for an unknown upload, PF042 for one that was not merged,'
  ' PF043 once its lines are purged.';
comment on function revert_upload(uuid, timestamptz) is
  'revert_upload at a given time. The message counts the redriven lines and their leads too; the events count each'
  ' upload by itself.';

grant execute on function revert_upload(uuid) to pipeline_writer;
