-- Why a campaign may contact a lead or not: one row for each condition of the view contactable, which has the lead if
-- all of them hold. As of now, not of the last refresh.
--
-- Security definer: contactable and what it reads of contacts is the owner's.
create or replace function explain_contactable(p_lead_id uuid, p_campaign text default 'default')
returns table (condition text, holds boolean, detail text)
language plpgsql stable security definer set search_path from current
as $$
declare
  v_campaign campaigns := campaign_named(p_campaign);
  v_lead leads;
begin
  select l.* into v_lead from leads as l where l.id = p_lead_id;

  if not found then
    raise exception using errcode = 'PF061',
      message = format('there is no lead %s', coalesce(p_lead_id::text, 'null')),
      hint = 'Pass leads.id. A lead that was erased or reverted is gone; leave it out.';
  end if;

  return query
  select
    'status',
    v_lead.campaign_status in ('new', 'queued', 'active'),
    v_lead.campaign_status::text
  union all
  select
    'not_booked',
    v_lead.booked_at is null,
    coalesce('booked at ' || v_lead.booked_at, 'no booking was told')
  union all
  select
    'campaign',
    coalesce(v_lead.campaign_id = v_campaign.id, true),
    coalesce((select 'the lead is in ' || c.name from campaigns as c where c.id = v_lead.campaign_id), 'in none yet')
  union all
  select
    'consent',
    v_lead.consent or not v_campaign.requires_consent,
    case when v_lead.consent then 'given' else 'none' end
    || case when v_campaign.requires_consent then '' else ', and the campaign requires none' end;

  return query
  with contacts as (
    select k.channel, k.position, k.verified, k.do_not_call, s.value_hash is not null as suppressed
      from lead_contacts as k
      left join suppressions as s on s.channel = k.channel and s.value_hash = k.value_hash
     where k.lead_id = p_lead_id
  )

  select
    'verified',
    case when v_campaign.requires_phone
      then v_lead.phone_verified
      else (v_lead.phone_verified or v_lead.email_verified)
        and coalesce(bool_or(k.verified and k.channel = any(v_campaign.channels)), false)
    end,
    concat_ws(
      '; ',
      coalesce(string_agg(format('%s %s', k.channel, k.position), ', ' order by k.channel, k.position)
        filter (where k.verified), 'no contact is'),
      case when v_campaign.requires_phone then 'a phone is required' end
    )
    from contacts as k
  union all
  select
    'not_blocked',
    count(*) = 0,
    coalesce(
      string_agg(
        format(
          '%s %s is %s', k.channel, k.position,
          concat_ws(' and ', case when k.suppressed then 'suppressed' end, case when k.do_not_call then 'do-not-call' end)
        ),
        ', ' order by k.channel, k.position
      ),
      'no verified contact of its channels is suppressed or do-not-call'
    )
    from contacts as k
   where k.verified
     and k.channel = any(v_campaign.channels)
     and (k.suppressed or k.do_not_call);
end
$$;

comment on function explain_contactable(uuid, text) is
  'Six rows: status, not_booked, campaign, consent, verified, not_blocked, each with whether it holds and what stands'
  ' there. The lead is contactable where all hold. PF061 for an unknown lead, PF083 for an unknown campaign.';

grant execute on function explain_contactable(uuid, text) to pipeline_writer;
