-- A change of the code map that no lead was read again for, and contacts that the provider found nothing out about for
-- so long that it is not asked any more.
create or replace function health_of_verification()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'code_map',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'every lead is judged by the map as it is'
      else format('leads are yet to be judged by %s', counted(count(*), 'changed code'))
    end,
    case when count(*) > 0 then 'Call reverify_leads() until it returns 0.' end
    from verification_code_history as h
   where h.reverified_at is null
  union all
  select
    'verification_tries',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'no contact was given up'
      else format(
        '%s given up after %s answers that found nothing out',
        counted(count(*), 'contact is', 'contacts are'),
        setting('max_verification_tries')
      )
    end,
    case
      when count(*) > 0
        then 'Ask the provider why; then hand in another answer by record_verification, for the leads of'
          ' lead_contacts where verify_tries is set and verify_after is not.'
    end
    from lead_contacts as c
   where c.verify_tries is not null
     and c.verify_after is null;
$$;

comment on function health_of_verification() is
  'Checks code_map (warns until reverify_leads has read every lead again) and verification_tries (warns of contacts'
  ' that are not asked about any more).';
