-- Finds what was done to the chain of consents other than by the functions: a row changed, added, removed, cut off the
-- end or moved. The key is what a forger lacks. Events are the second witness for as long as they are kept, since they
-- hold each row's hash. If the last rows and their events were removed together, only a backup shows it.
--
-- Security definer: a reader of health has no right to the table itself, and gets ids alone.
create or replace function broken_consents()
returns table (consent_id bigint, problem text)
language sql stable security definer set search_path from current
as $$
  with ring as materialized (
    select k.version, k.key from key_ring() as k
  ),

  chain as (
    select
      c.id,
      c.row_hash,
      c.row_hash = consent_hash(r.key, c) and (
        c.evidence_hash = blind_index(
          r.key,
          'consents.evidence/' || c.id,
          convert_from(try_unseal(s.key, 'consents.evidence/' || c.id, c.evidence), 'UTF8')
        )
        or c.evidence is null and exists (
          select from consents as e where e.lead_id = c.lead_id and e.action = 'erased' and e.id > c.id
        )
      ) as is_whole,
      c.previous_hash is not distinct from lag(c.row_hash) over (order by c.id) as is_linked
      from consents as c
      left join ring as r on r.version = newest_data_key('index')
      left join ring as s on s.version = sealed_version(c.evidence)
  )

  select
    c.id,
    case
      when c.is_whole is not true then 'changed'
      when not c.is_linked then 'the row before it is missing or another one'
      else 'not the row that its event speaks of'
    end
    from chain as c
    left join pipeline_events as e on e.idempotency_key = 'consent/' || c.id
   where c.is_whole is not true
      or not c.is_linked
      or e.detail ->> 'row_hash' <> encode(c.row_hash, 'hex')
  union all
  select t.next_id, 'missing'
    from (select coalesce(max(c.id), 0) + 1 as next_id from chain as c) as t
   where exists (
     select
       from generate_series(t.next_id, t.next_id + 999) as n (id) -- by the key's index, however many events there are
       join pipeline_events as e on e.idempotency_key = 'consent/' || n.id
   );
$$;

comment on function broken_consents() is
  'A row for each row of consents that does not fit its hash, its predecessor or its event, and for the first'
  ' one cut off the end. Empty: the chain is whole. PF012 if the keys are not unlocked.';

grant execute on function broken_consents() to pipeline_reader;
