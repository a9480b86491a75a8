-- The lead's own verification columns repeat what its contacts say: the first that verifies, else the first. A channel
-- on which the lead has no contact keeps its columns: an adopted table may have facts of its own there.
create or replace function follow_contacts(p_lead_ids uuid[], p_now timestamptz)
returns void
language sql volatile set search_path from current
set enable_nestloop = off -- the planner takes any array for ten leads, and would compare each with each
as $$
  with speaking as (
    select distinct on (c.lead_id, c.channel) c.lead_id, c.channel, c.verified, c.verification_codes
      from lead_contacts as c
     where c.lead_id = any(p_lead_ids)
     order by c.lead_id, c.channel, c.verified desc, c.position
  ),

  wanted as (
    select
      l.id,
      coalesce(p.verified, l.phone_verified) as phone_verified,
      case when p.lead_id is null then l.phone_verification_codes else p.verification_codes end as phone_codes,
      coalesce(e.verified, l.email_verified) as email_verified,
      case when e.lead_id is null then l.email_verification_codes else e.verification_codes end as email_codes
      from leads as l
      left join speaking as p on p.lead_id = l.id and p.channel = 'phone'
      left join speaking as e on e.lead_id = l.id and e.channel = 'email'
     where l.id = any(p_lead_ids)
  )

  update leads as l
     set phone_verified = w.phone_verified,
         phone_verification_codes = w.phone_codes,
         email_verified = w.email_verified,
         email_verification_codes = w.email_codes,
         updated_at = p_now
    from wanted as w
   where l.id = w.id
     and l.id = any(p_lead_ids)
     and (l.phone_verified, l.phone_verification_codes, l.email_verified, l.email_verification_codes)
       is distinct from (w.phone_verified, w.phone_codes, w.email_verified, w.email_codes);
$$;

comment on function follow_contacts(uuid[], timestamptz) is
  'Sets phone_verified, email_verified and their codes of these leads from lead_contacts. The caller holds the'
  ' leads'' locks.';
