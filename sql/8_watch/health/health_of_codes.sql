-- Codes that the map doesn't know change nothing, so contacts stay unverified until the map has them.
create or replace function health_of_codes(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'unknown_codes',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then format('every code of %s is known', setting('health_window'))
      else 'unknown: ' || string_agg(
        format('%s %s (%s)', c.service, c.code, counted(c.answers, 'answer')),
        ', ' order by c.answers desc, c.service, c.code
      )
    end,
    case when count(*) > 0 then 'Look them up at the provider, add a row for each to verification_code_map, and call reverify_leads().' end
    from (
      select
        coalesce(e.service, 'unknown provider') as service,
        left(u.code, 40) as code,
        count(*) as answers
        from pipeline_events as e
       cross join lateral jsonb_array_elements_text(
         case when jsonb_typeof(e.detail -> 'unknown_codes') = 'array' then e.detail -> 'unknown_codes' else '[]' end
       ) as u (code)
       where e.stage = 'verified'
         and e.occurred_at > p_now - setting('health_window')::interval
         and e.occurred_at <= p_now
         and not exists (
           select
             from verification_code_map as m
            where m.provider = e.service
              and m.channel = e.detail ->> 'channel'
              and m.code = u.code
         )
       group by 1, 2
       order by count(*) desc, 1, 2
       limit 10
    ) as c;
$$;

comment on function health_of_codes(timestamptz) is
  'Check unknown_codes: warns of verification codes that the map does not know, the ten most frequent within'
  ' the setting health_window.';
