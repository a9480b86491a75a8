-- What of a provider's answer may be kept in clear in leads.melissa_payload: codes and types. Everything else, such as
-- names, addresses and numbers, is personal or may be; so the list says what stays, never what goes.
create or replace function payload_facts(p_payload jsonb)
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(jsonb_object_agg(f.key, f.value), '{}')
    from jsonb_each(case jsonb_typeof(p_payload) when 'object' then p_payload else '{}' end) as f (key, value)
   where regexp_replace(lower(f.key), '[^a-z]', '', 'g') in (
     'results', 'resultcodes', 'codes', 'status', 'type', 'phonetype', 'linetype', 'emailtype', 'addresstype',
     'addresstypecode', 'deliveryindicator', 'countrycode', 'phonecountrycode', 'timezonecode', 'domaintype',
     'domaintypeindicator', 'deliverabilityconfidencescore', 'breachcount', 'catchall', 'disposable', 'role'
   )
     and (
       jsonb_typeof(f.value) = 'boolean'
       or (
         jsonb_typeof(f.value) in ('string', 'number')
         and f.value #>> '{}' ~ '^[A-Za-z0-9_.,:; -]{0,250}$'
         and f.value #>> '{}' !~ '[0-9]{7}|[0-9]{3}[^0-9A-Za-z]{1,3}[0-9]{4}'
       )
     );
$$;

comment on function payload_facts(jsonb) is
  'The members of an object that hold codes and types, as they were. No value with an @ or what looks like a'
  ' phone number. An empty object for anything else.';
