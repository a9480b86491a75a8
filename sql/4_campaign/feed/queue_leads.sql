-- Takes contactable new leads into a campaign's queue, the best first.
--
-- Security definer: contactable reads contacts and suppressions, and the campaign is set with the state.
create or replace function queue_leads(p_campaign text default 'default', p_limit int default 1000)
returns int
language plpgsql volatile security definer set search_path from current
set jit = off -- compiling costs more than it saves
set enable_sort = off -- the indexes have the order, however few leads the planner thinks there are
set enable_seqscan = off
set plan_cache_mode = force_custom_plan -- so that the planner knows what the campaign requires
as $$
declare
  v_campaign campaigns := campaign_named(p_campaign);
  v_queued int;
begin
  if coalesce(p_limit, -1) < 0 then
    raise exception using errcode = 'PF086',
      message = 'a limit of zero or more is needed',
      hint = 'select queue_leads(''default'', 1000);';
  end if;

  perform give_reason('queue_leads');

  with picked as materialized (
    select l.id
      from leads as l
     where l.campaign_status = 'new'
       -- contactable asks for both too; here leads_queue_idx and leads_verified_idx serve them
       and (l.consent or not v_campaign.requires_consent)
       and (l.phone_verified or l.email_verified)
       and (select true from contactable as c where c.lead_id = l.id and c.campaign_id = v_campaign.id)
     order by l.lead_score desc nulls last, l.created_at, l.id
     limit p_limit
       for update of l skip locked
  )

  update leads as l
     set campaign_status = 'queued',
         campaign_id = v_campaign.id,
         updated_at = clock_timestamp()
    from picked as p
   where l.id = p.id;

  get diagnostics v_queued = row_count;
  return v_queued;
end
$$;

comment on function queue_leads(text, int) is
  'Moves up to p_limit contactable leads from new to queued: best score first, then the oldest. Returns how many. PF083'
  ' for an unknown campaign, PF086 for a limit below zero or null.';

grant execute on function queue_leads(text, int) to pipeline_writer;
