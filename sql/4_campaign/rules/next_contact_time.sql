-- The first moment from p_now on at which a lead may be called: p_now itself, or when the last of its zones opens.
create or replace function next_contact_time(p_campaign campaigns, p_zones text[], p_now timestamptz)
returns timestamptz
language sql stable set search_path from current
as $$
  select min(t.at)
    from (
      select p_now as at
      union all
      select ((p_now at time zone z.timezone)::date + d.days_ahead + p_campaign.contact_from) at time zone z.timezone
        from unnest(p_zones) as z (timezone)
       cross join generate_series(0, 2) as d (days_ahead)
    ) as t
   where t.at >= p_now
     and is_contact_hour(p_campaign, p_zones, t.at);
$$;

comment on function next_contact_time(campaigns, text[], timestamptz) is
  'p_now if it is a contact hour, else when the next begins; null if the zones have none in common.';
