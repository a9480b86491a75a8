-- Is the proof of consent whole?
create or replace function health_of_consents()
returns table (check_name text, status text, detail text, hint text)
language sql
stable
set search_path from current
as $$
  select
    'consent_chain',
    case when count(*) = 0 then 'ok' else 'fail' end,
    case
      when count(*) = 0 then 'every link fits the one before'
      else format(
        '%s: %s',
        counted(count(*), 'link does not fit', 'links do not fit'),
        (array_agg(format('consent %s, %s', b.consent_id, b.problem) order by b.consent_id))[1]
      )
    end,
    case
      when count(*) > 0
        then 'Somebody changed consents by hand: compare the rows of broken_consents() with a backup.'
    end
    from broken_consents() as b;
$$;

comment on function health_of_consents() is 'Check consent_chain: fails if broken_consents finds anything.';

revoke all on function health_of_consents() from public;
