-- Takes contactable new leads into a campaign's queue, the best first.
--
-- Security definer: contactable reads contacts and suppressions, and the campaign is set with the state.
create or replace function queue_leads(p_campaign text default 'default', p_limit int default 1000)
returns int
language plpgsql
volatile
security definer
set search_path from current
set jit = off -- compiling costs more than it saves
as $$
declare
  v_campaign campaigns := campaign_named(p_campaign);
  v_queued int;
begin
  with picked as materialized (
    select l.id
      from leads as l
      join contactable as c on c.lead_id = l.id and c.campaign_id = v_campaign.id
     where l.campaign_status = 'new'
     order by l.lead_score desc nulls last, l.created_at, l.id
     limit p_limit
       for update of l skip locked
  )

  update leads as l
     set campaign_status = 'queued',
         campaign_id = v_campaign.id,
         updated_at = now()
    from picked as p
   where l.id = p.id;

  get diagnostics v_queued = row_count;
  return v_queued;
end
$$;

comment on function queue_leads(text, int) is
  'Moves up to p_limit contactable leads from new to queued: best score first, then the oldest. Returns how many. PF083'
  ' for an unknown campaign.';

revoke all on function queue_leads(text, int) from public;
grant execute on function queue_leads(text, int) to pipeline_writer;
