-- Merges a staged row as an upload of its own: same source, same file, same line, so that what holds for every upload
-- holds for it. A row that is set aside again leaves no trace but in its dead letter, which says the reason and the
-- keys.
create or replace function merge_dead_letter(p_letter pipeline_dlq, p_row leads_staging, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_upload_id uuid := gen_random_uuid();
  v_placed upload_rows;
begin
  if p_row.outcome is not null then
    perform restate_dead_letter(p_letter.id, p_row);
    return ('waiting', p_row.reason, null, null)::redrive_result;
  end if;

  insert into uploads (id, source, file_name, received_at, redrive_of)
  select v_upload_id, u.source, u.file_name, p_now, p_letter.id from uploads as u where u.id = p_letter.upload_id;

  insert into leads_staging (
    upload_id, line_number, mak, county_fips, apn, addr_hash, email, phone, contacts, raw
  )
  values (
    v_upload_id, p_letter.line_number, p_row.mak, p_row.county_fips, p_row.apn, p_row.addr_hash, p_row.email,
    p_row.phone, p_row.contacts, p_row.raw
  );

  perform merge_staged(v_upload_id, p_now);
  select r.* into v_placed from upload_rows as r where r.upload_id = v_upload_id;

  if v_placed.outcome = 'quarantined' then
    raise exception using errcode = 'PF105',
      message = 'its keys point at different leads, made or still to be made',
      hint = 'Say by decide_row which lead it is, or correct its keys by correct_row.';
  end if;

  return ('redriven', format('the row is %s', v_placed.outcome), v_placed.lead_id, v_upload_id)::redrive_result;
exception
  when sqlstate 'PF105' then -- undoes the upload
    p_row.outcome := v_placed.outcome;
    perform restate_dead_letter(p_letter.id, p_row);
    return ('waiting', format('%s: %s', sqlerrm, describe_key_owners(p_row)), null, null)::redrive_result;
end
$$;

comment on function merge_dead_letter(pipeline_dlq, leads_staging, timestamptz) is
  'redriven: with the lead it made or met and the upload of this one row. waiting: it is set aside again, and why: of a'
  ' quarantined row with the owner of each key.';
