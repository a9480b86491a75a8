-- Locks what a redrive needs, in the order in which everybody locks: the code map, merges, leads by id, and only then
-- the dead letter. Which leads these are is read from the letter before it is locked. That is safe: what an open letter
-- is about never changes, and one that was closed meanwhile is refused once it is locked.
create or replace function lock_for_redrive(p_id bigint, p_token uuid, p_lead_id uuid, p_now timestamptz)
returns pipeline_dlq
language plpgsql volatile set search_path from current
as $$
declare
  v_letter pipeline_dlq;
  v_personal jsonb;
  v_channel text;
begin
  select q.* into v_letter from pipeline_dlq as q where q.id = p_id and q.state in ('waiting', 'claimed');

  if v_letter.source in ('call', 'bounce') then
    lock table verification_code_map in share mode; -- as record_verification does, which these may call
  elsif v_letter.source = 'upload' then
    perform hold_lock('merge');
  end if;

  if p_lead_id is null and v_letter.source in ('reply', 'bounce') then
    v_channel := v_letter.payload ->> 'channel';
    v_personal := dead_letter_content(v_letter);
    perform lock_leads_of_contact(
      v_channel, contact_hash(v_channel, v_personal ->> case v_letter.source when 'reply' then 'from' else 'value' end)
    );
  else
    perform lock_sharing_leads(array[coalesce(
      p_lead_id,
      case
        when v_letter.source = 'delivery'
          then (select d.lead_id from deliveries as d where d.id = (v_letter.payload ->> 'delivery')::bigint)
        when v_letter.source in ('booking', 'call') then (v_letter.payload ->> 'lead')::uuid
      end
    )]);
  end if;

  return lock_dead_letter(p_id, p_token, p_now);
end
$$;

comment on function lock_for_redrive(bigint, uuid, uuid, timestamptz) is
  'lock_dead_letter, after the locks that must be taken before it. p_lead_id: the lead that the caller names, or null;'
  ' an unknown one locks nothing.';
