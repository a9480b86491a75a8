-- Whether a lead may be called at a moment: it is within the campaign's hours in every zone the lead may be in (47 CFR
-- 64.1200(c)(1): from 8 a.m. to 9 p.m. at the called party's location).
--
-- In plpgsql, since functions call it once a row: a function in SQL would be planned anew at each call.
create or replace function is_contact_hour(p_campaign campaigns, p_zones text[], p_now timestamptz)
returns boolean
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  return (
    select coalesce(
      bool_and(
        (p_now at time zone z.timezone)::time >= p_campaign.contact_from
        and (p_now at time zone z.timezone)::time < p_campaign.contact_until
      ),
      false
    )
      from unnest(p_zones) as z (timezone)
  );
end
$$;

comment on function is_contact_hour(campaigns, text[], timestamptz) is
  'Whether the moment is within contact_from and contact_until in all of the zones; false without a zone.';
