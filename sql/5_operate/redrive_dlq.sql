-- Tries again what a dead letter is about.
--
-- Security definer: it merges, moves leads and opens what is sealed, and the caller may not choose the time.
create or replace function redrive_dlq(p_id bigint, p_token uuid default null, p_lead_id uuid default null)
returns redrive_result
language plpgsql
volatile
security definer
set search_path from current
set debug_print_plan = off
as $$
begin
  return redrive_dlq_at(p_id, p_token, p_lead_id, now());
end
$$;

comment on function redrive_dlq(bigint, uuid, uuid) is
  'Redrives a dead letter: a row of a file is merged again, a delivery is pending again if its lead may still be'
  ' contacted, a reply, booking or call is recorded if its lead is known by now, or for p_lead_id, a bounce if a lead'
  ' has its contact by now. p_token: of the claim, if it is claimed. outcome: redriven, or waiting and why; the undo of'
  ' a row is revert_upload(upload_id of the answer). PF101 unknown, PF102 closed already, PF103 claimed by another,'
  ' PF104 if there is nothing that could be tried again, PF061 for an unknown lead.';

revoke all on function redrive_dlq(bigint, uuid, uuid) from public;
grant execute on function redrive_dlq(bigint, uuid, uuid) to pipeline_writer;
