-- Judges the stored codes anew after the map changed.
--
-- Security definer: contacts and what follows them are written by functions alone.
create or replace function reverify_leads(p_limit int default 10000)
returns int
language sql volatile security definer set search_path from current
as $$
  select reverify_leads(p_limit, clock_timestamp());
$$;

-- Goes through the leads that hold a changed code in order of id, and records in the history how far it came. A rare
-- code is found by lead_contacts_codes_idx, for a common one the planner walks the primary key from where the last
-- batch ended: all batches together read the contacts once.
create or replace function reverify_leads(p_limit int, p_now timestamptz)
returns int
language plpgsql volatile set search_path from current
set plan_cache_mode = force_custom_plan -- so that the planner knows the codes
as $$
declare
  v_codes text[];
  v_through uuid;
  v_lead_ids uuid[];
begin
  if coalesce(p_limit, 0) < 1 then
    raise exception using errcode = 'PF086',
      message = 'a limit above zero is needed',
      hint = 'select reverify_leads(10000);';
  end if;

  -- one caller at a time, and no change of the map meanwhile; the map first, as the trigger version_code_map locks
  lock table verification_code_map in share mode;
  lock table verification_code_history in share row exclusive mode;

  -- other words for the same effect concern no lead
  update verification_code_history as h
     set reverified_at = p_now
   where h.reverified_at is null
     and h.effect is not distinct from (
       select m.effect
         from verification_code_map as m
        where m.provider = h.provider
          and m.channel = h.channel
          and m.code = h.code
     );

  -- version_code_map sees to it that all have come as far
  select array_agg(distinct h.code), coalesce(max(h.reverified_through::text), '00000000-0000-0000-0000-000000000000')::uuid
    into v_codes, v_through
    from verification_code_history as h
   where h.reverified_at is null;

  select array_agg(l.id order by l.id)
    into v_lead_ids
    from (
      select distinct c.lead_id as id
        from lead_contacts as c
       where c.verification_codes && v_codes
         and c.lead_id > v_through
         and exists (
           select
             from verification_code_history as h
            where h.reverified_at is null
              and h.provider = c.verification_provider
              and h.channel = c.channel
              and h.code = any(c.verification_codes)
         )
       order by c.lead_id
       limit p_limit
    ) as l;

  perform from leads as l where l.id = any(v_lead_ids) order by l.id for update;
  perform rejudge_contacts(v_lead_ids, p_now);

  update verification_code_history as h
     set reverified_through = v_lead_ids[cardinality(v_lead_ids)],
         reverified_at = case when coalesce(cardinality(v_lead_ids), 0) < p_limit then p_now end
   where h.reverified_at is null;

  return coalesce(cardinality(v_lead_ids), 0);
end
$$;

comment on function reverify_leads(int) is
  'Judges up to p_limit leads anew that have a code whose effect changed, and no others. Returns how many; call it'
  ' until that is 0. PF086 for a limit that is not above zero.';
comment on function reverify_leads(int, timestamptz) is 'reverify_leads at a given time.';

grant execute on function reverify_leads(int) to pipeline_writer;
