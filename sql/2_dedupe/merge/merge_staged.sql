-- Merges an upload's staged rows into leads.
--
-- Security definer: it writes keys, sealed documents and contacts, which no role but the owner may.
create or replace function merge_staged(p_upload_id uuid)
returns upload_receipt
language sql volatile security definer set search_path from current
as $$
  select * from merge_staged(p_upload_id, clock_timestamp());
$$;

-- Merges at a given time. The rule: each key value has one owner; a row goes to the owner of its
-- strongest key (MAK, then FIPS and APN, then address hash); a row one of whose other keys has a different owner is
-- set aside, tried once more against the leads as they then stand, and quarantined if it conflicts again.
--
-- Two rounds, each a constant number of set-based passes. Merges of one installation wait for one another: under read
-- committed each statement then sees what the one before committed. The unique indexes of leads are the guarantee:
-- a merge that cannot see a lead made meanwhile (under repeatable read, or inserted by hand) violates one of them, and
-- its caller is told to try again.
create or replace function merge_staged(p_upload_id uuid, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
set jit = off -- compiling costs more than it saves
set work_mem = '64MB'
as $$
declare
  v_began timestamptz := clock_timestamp();
  v_constraint text;
begin
  perform hold_lock('merge');

  -- under the lock: a merge that waited here for another of the same upload must see that it is done
  if not exists (
    select
      from uploads as u
     where u.id = p_upload_id
       and u.status = 'receiving'
       -- a file that is still being copied in ends by finish_upload
       and (u.content_sha256 is not null or not exists (select from upload_copies as c where c.upload_id = u.id))
  ) then
    raise exception using errcode = 'PF040',
      message = format('upload %s is not one that is being received', p_upload_id),
      hint = 'An upload is merged once, one that is copied in by finish_upload. uploads.status says how it stands.';
  end if;

  perform place_rows(p_upload_id);
  perform lock_met_leads(p_upload_id);
  perform create_leads(p_upload_id, p_now);
  perform update_leads(p_upload_id, p_now);
  perform unstage_placed(p_upload_id);

  if exists (select from leads_staging as s where s.upload_id = p_upload_id and s.outcome is null) then
    perform place_rows(p_upload_id);
    perform create_leads(p_upload_id, p_now);
    perform update_leads(p_upload_id, p_now);
    perform unstage_placed(p_upload_id);
  end if;

  update leads_staging as s
     set outcome = 'quarantined',
         reason = 'its keys point at different leads, made or still to be made'
   where s.upload_id = p_upload_id
     and s.outcome is null;

  perform set_aside_rows(p_upload_id, p_now);
  perform close_upload(p_upload_id, v_began, p_now);

  return receipt_of(p_upload_id);
exception
  when unique_violation then
    get stacked diagnostics v_constraint = constraint_name;

    if v_constraint not in ('leads_mak_key', 'leads_county_fips_apn_key', 'leads_addr_hash_key') then
      raise;
    end if;

    raise exception using errcode = 'serialization_failure',
      message = 'another transaction made a lead with the same key meanwhile',
      hint = 'Try again: the rows then meet that lead.';
end
$$;

comment on function merge_staged(uuid) is
  'Merges the staged rows of an upload that is being received; returns its receipt, in which rows_read is the sum of'
  ' the five outcomes. PF040 if the upload is unknown or merged already, 40001 if another transaction made the same'
  ' lead meanwhile.';
comment on function merge_staged(uuid, timestamptz) is
  'merge_staged at a given time: that of the leads it makes and changes, of its dead letters, of its event.';

grant execute on function merge_staged(uuid) to pipeline_writer;
