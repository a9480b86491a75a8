-- Writes the contacts of this round's rows: a new one after those the lead has, in the same order as in its sealed
-- document; one that is there gains a do-not-call mark or the line type it lacks, and loses nothing.
--
-- What a lead has is looked up by scalar subqueries: each is a probe of lead_contacts' keys.
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
    c.last_position + row_number() over (partition by c.lead_id, c.channel, c.is_known order by c.arrival),
    c.value_hash,
    c.line_type,
    c.do_not_call
    from (
      select
        p.*,
        case when p.is_new then 0 else coalesce(
          (select max(o.position) from lead_contacts as o where o.lead_id = p.lead_id and o.channel = p.channel), 0
        ) end as last_position,
        not p.is_new and (
          select o.position
            from lead_contacts as o
           where o.lead_id = p.lead_id
             and o.channel = p.channel
             and o.value_hash = p.value_hash
        ) is not null as is_known
        from (
          select q.*, blind_index(v_key, q.channel, q.value) as value_hash from placed_contacts(p_upload_id) as q
        ) as p
    ) as c
  on conflict (lead_id, channel, value_hash) do update
     set do_not_call = lead_contacts.do_not_call or excluded.do_not_call,
         line_type = coalesce(lead_contacts.line_type, excluded.line_type);
end
$$;

comment on function write_contacts(uuid) is 'Adds the contacts of rows of this round to lead_contacts.';

revoke all on function write_contacts(uuid) from public;
