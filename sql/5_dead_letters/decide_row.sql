-- A person has looked at a row whose keys point at different leads, and says which lead it is.
--
-- Security definer: it opens the row and merges it, and the caller may not choose the time.
create or replace function decide_row(
  p_id bigint, p_decision text, p_lead_id uuid default null, p_token uuid default null
)
returns redrive_result
language sql volatile security definer set search_path from current
as $$
  select * from decide_row(p_id, p_decision, p_lead_id, p_token, clock_timestamp());
$$;

-- Decides at a given time. The merge's rules hold: a lead may gain a key, never lose one to another value, and no two
-- leads share a key. So the row is merged with only those keys that lead to the chosen lead; the others are left out
-- and named on the letter. The person may know more than the file and choose a lead that has none of the row's keys;
-- the message then says so.
create or replace function decide_row(p_id bigint, p_decision text, p_lead_id uuid, p_token uuid, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_letter pipeline_dlq := lock_for_redrive(p_id, p_token, p_lead_id, p_now);
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

  if p_lead_id is not null then
    perform lock_lead(p_lead_id);
  end if;

  if v_row.outcome is null then
    v_decided := decided_keys(v_row, p_lead_id);
  else
    v_decided := v_row; -- it can't be read yet, so no decision helps
  end if;

  v_is_stranger := p_lead_id is not null and not exists (
    select from key_owners(v_row) as k where k.lead_id = p_lead_id
  );

  v_result := merge_dead_letter(v_letter, v_decided, p_now);

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

  return settle_dead_letter(v_letter, v_result, p_now);
end
$$;

comment on function decide_row(bigint, text, uuid, uuid) is
  'Merges a quarantined row into the lead p_lead_id (decision merge), or makes it a lead (new). Keys that may not be'
  ' the lead''s are left out, and named in payload.left_out; where no key of the row was the lead''s, the message'
  ' says so. outcome and undo as in redrive_dlq. PF107 for another decision,'
  ' PF061 for an unknown lead, PF108 if no key is left, and what redrive_dlq raises.';
comment on function decide_row(bigint, text, uuid, uuid, timestamptz) is 'decide_row at a given time.';

grant execute on function decide_row(bigint, text, uuid, uuid) to pipeline_writer;
