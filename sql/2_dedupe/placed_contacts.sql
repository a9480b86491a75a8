-- The contacts that the rows of this round bring to each lead, each value once, in order of arrival.
create or replace function placed_contacts(p_upload_id uuid)
returns table (
  lead_id uuid,
  is_new boolean,
  channel text,
  value text,
  arrival bigint,
  line_type text,
  do_not_call boolean
)
language sql
stable
set search_path from current
set enable_nestloop = off
as $$
  select
    c.lead_id,
    bool_or(c.is_new),
    c.channel,
    c.value,
    min(c.arrival),
    (array_agg(c.line_type order by c.arrival desc) filter (where c.line_type is not null))[1],
    bool_or(c.do_not_call)
    from (
      select
        p.lead_id,
        p.is_new,
        e.item ->> 'channel' as channel,
        e.item ->> 'value' as value,
        e.item ->> 'line_type' as line_type,
        (e.item ->> 'do_not_call')::boolean as do_not_call,
        p.line_number * 1000::bigint + e.ordinality as arrival
        from placed_rows(p_upload_id) as p
        join leads_staging as s on s.upload_id = p_upload_id and s.line_number = p.line_number
       cross join jsonb_array_elements(s.contacts) with ordinality as e (item)
    ) as c
   group by c.lead_id, c.channel, c.value;
$$;

comment on function placed_contacts(uuid) is
  'One row a lead and contact: whether this round made the lead, value normalised, arrival to order by, the newest line'
  ' type, whether any row marked it do-not-call.';

revoke all on function placed_contacts(uuid) from public;
