-- Empties the dead letters about a person: rows of his properties, replies from his contacts, what services sent with
-- his id or contacts in it. Each is opened, since what is sealed has no index. The letters stay, as counts; what was
-- open is discarded, since nothing is left to try again.
create or replace function erase_dead_letters(p_lead_ids uuid[], p_marks text[])
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_erased int;
begin
  with ring as materialized (
    select k.version, k.key from key_ring() as k
  ),

  opened as (
    select
      q.id,
      q.payload,
      convert_from(try_unseal(k.key, 'pipeline_dlq.sealed/' || q.id, q.sealed), 'UTF8')::jsonb as personal
      from pipeline_dlq as q
      left join ring as k on k.version = sealed_version(q.sealed)
  )

  update pipeline_dlq as q
     set payload = '{"erased": true}',
         sealed = null,
         reason = 'erased',
         hint = null,
         last_error = null,
         state = case when q.state in ('waiting', 'claimed') then 'discarded' else q.state end,
         lease_token = null,
         lease_until = null,
         retry_after = null
    from opened as o
   where q.id = o.id
     and (
       mentions_person(o.payload, p_marks)
       or mentions_person(o.personal, p_marks)
       or leads_share_key(
         p_lead_ids, o.payload ->> 'mak', o.payload ->> 'county_fips', o.payload ->> 'apn', o.payload ->> 'addr_hash'
       )
     );

  get diagnostics v_erased = row_count;
  return v_erased;
end
$$;

comment on function erase_dead_letters(uuid[], text[]) is
  'How many dead letters were emptied. The leads are still there.';
