-- Channels that stand still because our own configuration failed, and reasons of calls that no pattern fits: they count
-- as tries until call_reasons says what they mean.
create or replace function health_of_calls(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'paused_channels',
    case when count(*) = 0 then 'ok' else 'fail' end,
    coalesce(
      string_agg(format('%s of campaign %s', array_to_string(c.paused_channels, ' and '), c.name), ', ' order by c.name)
      || coalesce('; calls ended by ' || (
        select string_agg(distinct e.detail ->> 'reason', ', ')
          from pipeline_events as e
         where e.stage = 'called'
           and e.detail ->> 'fault' = 'config'
           and e.occurred_at > p_now - setting('health_window')::interval
           and e.occurred_at <= p_now
      ), ''),
      'none'
    ),
    case
      when count(*) > 0
        then 'Mend the account or assistant at the vendor, then, as the owner: update campaigns set paused_channels ='
          ' array_remove(paused_channels, ''phone'') where name = …;'
    end
    from campaigns as c
   where c.paused_channels <> '{}'
  union all
  select
    'unknown_call_reasons',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then format('every reason of %s is known', setting('health_window'))
      else 'unknown: ' || string_agg(format('%s (%s)', u.reason, counted(u.calls, 'call')), ', ' order by u.calls desc, u.reason)
    end,
    case when count(*) > 0 then 'Look them up at VAPI, and add a row for each to call_reasons. Until then they are tries.' end
    from (
      select e.detail ->> 'reason' as reason, count(*) as calls
        from pipeline_events as e
       where e.stage = 'called'
         and e.detail ->> 'effect' = 'unknown'
         and e.occurred_at > p_now - setting('health_window')::interval
         and e.occurred_at <= p_now
       group by 1
       order by count(*) desc, 1
       limit 10
    ) as u;
$$;

comment on function health_of_calls(timestamptz) is
  'Check paused_channels: fails while a campaign has one, with the reasons within the setting health_window. Check'
  ' unknown_call_reasons: warns of reasons that call_reasons does not know, the ten most frequent.';
