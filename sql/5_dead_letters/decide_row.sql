-- Somebody looked at a row whose keys point at different leads, and says what it is. The merge's rules hold: a lead's
-- key is gained, never replaced, and no two leads share one. So the row is staged with such keys only as lead it there;
-- the others are left out, and named on the letter. He may name a lead that no key of the row speaks for: he may know
-- more than the file, but he is told.
--
-- Under the merge's lock, so that no key changes hands between the look and the merge.
--
-- Security definer: it opens the row and merges it, and the caller may not choose the time.
create or replace function decide_row(
  p_id bigint, p_decision text, p_lead_id uuid default null, p_token uuid default null
)
returns redrive_result
language plpgsql
volatile
security definer
set search_path from current
as $$
declare
  v_letter pipeline_dlq := lock_dead_letter(p_id, p_token, clock_timestamp());
  v_row leads_staging := stage_dead_letter(v_letter);
  v_decided leads_staging;
  v_is_stranger boolean;
  v_left_out text[];
  v_result redrive_result;
begin
  if not coalesce(p_decision = case when p_lead_id is null then 'new' else 'merge' end, false) then
    raise exception using errcode = 'PF107',
      message = 'a decision is merge, with the lead to merge into, or new, without one',
      hint = 'select * from decide_row(12, ''merge'', ''LEAD ID''); or decide_row(12, ''new'');';
  end if;

  perform hold_lock('merge');

  if p_lead_id is not null then
    perform lock_lead(p_lead_id);
  end if;

  if v_row.outcome is null then
    v_decided := decided_keys(v_row, p_lead_id);
  else
    v_decided := v_row; -- still unreadable: a decision doesn't help
  end if;

  v_is_stranger := p_lead_id is not null and not exists (
    select from key_owners(v_row) as k where k.lead_id = p_lead_id
  );

  v_result := merge_dead_letter(v_letter, v_decided, clock_timestamp());

  if v_result.outcome = 'redriven' then
    v_left_out := array(
      select k.columns[cardinality(k.columns)] -- a parcel goes by its APN
        from property_keys(v_row.mak, v_row.county_fips, v_row.apn, v_row.addr_hash) as k
        join property_keys(v_decided.mak, v_decided.county_fips, v_decided.apn, v_decided.addr_hash) as d
          on d.kind = k.kind
       where k.value is not null
         and d.value is distinct from k.value
       order by k.strength
    );

    update pipeline_dlq as q
       set payload = q.payload || jsonb_build_object('decision', p_decision, 'left_out', v_left_out)
     where q.id = p_id;

    if v_is_stranger then
      v_result.message := format(
        '%s; no key of the row is this lead''s; left out: %s',
        v_result.message, coalesce(nullif(array_to_string(v_left_out, ', '), ''), 'none')
      );
    end if;
  end if;

  return settle_dead_letter(v_letter, v_result, clock_timestamp());
end
$$;

comment on function decide_row(bigint, text, uuid, uuid) is
  'Merges a quarantined row into the lead p_lead_id (decision merge), or makes it a lead (new). Keys that may not be'
  ' the lead''s are left out, and named in payload.left_out; where no key of the row was the lead''s, the message'
  ' says so. outcome and undo as in redrive_dlq: revert_upload(upload_id of the answer). PF107 for another decision,'
  ' PF061 for an unknown lead, PF108 if no key is left, and what redrive_dlq raises.';

grant execute on function decide_row(bigint, text, uuid, uuid) to pipeline_writer;
