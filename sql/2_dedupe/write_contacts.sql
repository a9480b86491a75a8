-- Writes the contacts of this round's rows: a new one after those the lead has, in the same order as in its sealed
-- document; one that is there gains a do-not-call mark or the line type it lacks, and loses nothing.
create or replace function write_contacts(p_upload_id uuid)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_key bytea := data_key(newest_data_key('index'));
begin
  insert into lead_contacts (lead_id, channel, position, value_hash, line_type, do_not_call)
  select
    c.lead_id,
    c.channel,
    coalesce(
      (select max(o.position) from lead_contacts as o where o.lead_id = c.lead_id and o.channel = c.channel), 0
    ) + row_number() over (partition by c.lead_id, c.channel, h.position is null order by c.arrival),
    c.value_hash,
    c.line_type,
    c.do_not_call
    from (
      select p.*, blind_index(v_key, p.channel, p.value) as value_hash from placed_contacts(p_upload_id) as p
    ) as c
    left join lead_contacts as h on h.lead_id = c.lead_id and h.channel = c.channel and h.value_hash = c.value_hash
  on conflict (lead_id, channel, value_hash) do update
     set do_not_call = lead_contacts.do_not_call or excluded.do_not_call,
         line_type = coalesce(lead_contacts.line_type, excluded.line_type);
end
$$;

comment on function write_contacts(uuid) is 'Adds the contacts of rows of this round to lead_contacts.';

revoke all on function write_contacts(uuid) from public;
