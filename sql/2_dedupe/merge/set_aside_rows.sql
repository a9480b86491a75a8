-- What is still staged when the merge is through was rejected or quarantined: each row gets its line in upload_rows
-- and a dead letter that says why, with the row itself sealed, so that it can be corrected. It takes its letter's
-- id first: a letter is sealed for its place.
create or replace function set_aside_rows(p_upload_id uuid, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_version int := newest_data_key('seal');
  v_key bytea := data_key(v_version);
begin
  insert into upload_rows (upload_id, line_number, outcome, mak, county_fips, apn, addr_hash)
  select s.upload_id, s.line_number, s.outcome, s.mak, s.county_fips, s.apn, s.addr_hash
    from leads_staging as s
   where s.upload_id = p_upload_id;

  insert into pipeline_dlq (id, source, created_at, payload, reason, hint, upload_id, line_number, sealed)
  select
    s.id,
    'upload',
    p_now,
    jsonb_strip_nulls(jsonb_build_object('file', s.file_name)) || s.facts,
    s.reason,
    case s.outcome
      when 'quarantined' then 'Find out which lead it is: say so by decide_row, or correct its keys by correct_row.'
      else 'Correct the line by correct_row, or in the file and send that again.'
    end,
    s.upload_id,
    s.line_number,
    seal(v_key, v_version, 'pipeline_dlq.sealed/' || s.id, convert_to((s.raw || jsonb_build_object('contacts', s.contacts))::text, 'UTF8'))
    from (
      select nextval('pipeline_dlq_id_seq') as id, u.file_name, dead_letter_payload(r) as facts, r.*
        from leads_staging as r
        join uploads as u on u.id = r.upload_id
       where r.upload_id = p_upload_id
    ) as s;

  delete from leads_staging as s where s.upload_id = p_upload_id;
end
$$;

comment on function set_aside_rows(uuid, timestamptz) is
  'Turns the rows left in staging into dead letters and lines of upload_rows; staging is empty after it. payload: file,'
  ' and what dead_letter_payload says.';
