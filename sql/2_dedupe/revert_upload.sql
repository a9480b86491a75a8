-- Undoes a file, so that it can be mended and sent again.
--
-- Security definer: keys, sealed documents and contacts are written by no role but the owner.
create or replace function revert_upload(p_upload_id uuid)
returns upload_receipt
language sql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
  select * from revert_upload_at(p_upload_id, now());
$$;

comment on function revert_upload(uuid) is
  'Removes the leads that the file made and nobody touched since, gives changed fields their old values unless they'
  ' were changed again, takes out the contacts it added, discards its dead letters, and lets the file be sent again.'
  ' Lines of it that were redriven are reverted first, as uploads of their own: the message counts them and their'
  ' leads. An upload of one redriven line is reverted by itself too: its dead letter then waits again. What stays is'
  ' in upload_remains by upload, with the reason. The receipt''s counts are those of the merge; outcome reverted, or'
  ' already_reverted when there was nothing to do. PF041 for an unknown upload, PF042 for one that was not merged,'
  ' PF043 once its lines are purged.';

revoke all on function revert_upload(uuid) from public;
grant execute on function revert_upload(uuid) to pipeline_writer;
