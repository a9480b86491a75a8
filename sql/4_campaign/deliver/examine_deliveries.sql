-- Examines what is due: the contact in clear, or why it can't be sent, and when it may.
create or replace function examine_deliveries(p_channel text, p_limit int, p_now timestamptz)
returns table (
  delivery deliveries, campaign text, contact_position int, contact text, problem text, send_at timestamptz
)
language sql volatile set search_path from current
as $$
  select
    d,
    c.name,
    u.contact_position,
    o.contact,
    coalesce(
      case
        when p_channel = 'phone' and l.call_attempt_count >= c.max_attempts
          then 'called as often as the campaign allows' -- which may allow fewer by now
      end,
      o.problem,
      case when t.send_at is null then 'property and phone number have no contact hour in common' end
    ),
    t.send_at
    from due_deliveries(p_channel, p_limit, p_now) as d
    join leads as l on l.id = d.lead_id
    join campaigns as c on c.id = d.campaign_id
   cross join lateral (select usable_contact(d.lead_id, p_channel) as contact_position offset 0) as u
   cross join lateral open_contact(d.lead_id, p_channel, u.contact_position) as o
   cross join lateral (
     select case p_channel
       when 'phone' then next_contact_time(c, lead_timezones(l.state, l.zip, o.contact), p_now)
       else p_now
     end as send_at
     offset 0 -- worked out once a row, not once a mention
   ) as t;
$$;

comment on function examine_deliveries(text, int, timestamptz) is
  'due_deliveries with contact and send_at (p_now: at once; e-mail has no hours), or with the problem.';
