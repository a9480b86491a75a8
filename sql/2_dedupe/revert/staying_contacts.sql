-- The contacts of the leads an upload changed that stay when it is reverted, whichever upload brought them, and why.
create or replace function staying_contacts(p_upload_id uuid)
returns table (lead_id uuid, channel text, place int, reason text)
language sql stable set search_path from current
set enable_nestloop = off
as $$
  select j.lead_id, j.channel, j.place, j.reason
    from (
      select
        k.lead_id,
        k.channel,
        k.position as place,
        case
          when k.do_not_call then 'a do-not-call mark is never taken back'
          when s.value_hash is not null then 'suppressed'
          when k.verified or k.verification_codes is not null then 'verified since'
          when m.lead_id is not null then m.reason || ' met the lead and may have brought it too'
        end as reason
        from lead_contacts as k
        left join suppressions as s on s.channel = k.channel and s.value_hash = k.value_hash
        left join met_later(p_upload_id) as m on m.lead_id = k.lead_id
       where k.lead_id = any(array(select c.lead_id from upload_changes as c where c.upload_id = p_upload_id))
    ) as j
   where j.reason is not null;
$$;

comment on function staying_contacts(uuid) is
  'One row a contact of a lead that the upload changed, if it is marked do-not-call, suppressed or verified, or a later'
  ' upload met the lead.';
