-- Sources whose last secret has expired: all that they send is refused.
create or replace function health_of_secrets(p_now timestamptz)
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  select
    'signing_secrets',
    case when bool_and(v.is_valid) is not false then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'no source signs its uploads yet'
      when bool_and(v.is_valid) then counted(count(*), 'source has a valid secret', 'sources have valid secrets')
      else 'no valid secret: ' || string_agg(v.source, ', ' order by v.source) filter (where not v.is_valid)
    end,
    case
      when not bool_and(v.is_valid)
        then 'All it sends gets 401: call set_signing_secret, or delete the source from webhook_sources.'
    end
    from (
      select
        w.source,
        exists (
          select
            from webhook_secrets as s
           where s.source = w.source
             and s.valid_from <= p_now
             and (s.valid_until > p_now) is not false
        ) as is_valid
        from webhook_sources as w
    ) as v;
$$;

comment on function health_of_secrets(timestamptz) is
  'Check signing_secrets: warns of sources without a valid secret.';
