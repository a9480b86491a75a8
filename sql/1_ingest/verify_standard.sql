-- The scheme standard: Standard Webhooks. One of the header's signatures must be the HMAC-SHA-256 of id.timestamp.body
-- under one of the source's secrets that are valid now. Every pair is compared, in constant time.
--
-- A source without a secret must not be answered sooner than a wrong signature, or its name could be guessed: then the
-- secret of another one is opened and hashed all the same, and no match with it counts.
create or replace function verify_standard(p_source text, p_headers jsonb, p_body bytea, p_now timestamptz)
returns boolean
language sql
stable
set search_path from current
as $$
  with valid as (
    select s.id, s.secret
      from webhook_secrets as s
     where s.source = p_source
       and s.valid_from <= p_now
       and (s.valid_until > p_now) is not false
  ),

  secrets as (
    select v.id, v.secret, true as counts
      from valid as v
    union all
    (select s.id, s.secret, false
       from webhook_secrets as s
      where not exists (select from valid)
      order by s.id
      limit 1)
  ),

  expected as materialized (
    select
      s.counts,
      hmac(
        convert_to(format('%s.%s.', p_headers ->> 'webhook-id', p_headers ->> 'webhook-timestamp'), 'UTF8') || p_body,
        unseal('webhook_secrets.secret/' || s.id, s.secret),
        'sha256'
      ) as signature
      from secrets as s
  ),

  given as (
    select decode(substr(t.signature, 4), 'base64') as signature
      from string_to_table(p_headers ->> 'webhook-signature', ' ') as t (signature)
     where t.signature ~ '^v1,[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$' -- 32 bytes, and no second spelling of them
     limit 20
  ),

  compared as materialized (
    select e.counts, equal_constant_time(e.signature, g.signature) as is_equal
      from expected as e
     cross join given as g
  )

  select coalesce(bool_or(c.counts and c.is_equal), false)
    from compared as c;
$$;

comment on function verify_standard(text, jsonb, bytea, timestamptz) is
  'Whether webhook-signature holds a signature v1 (standardwebhooks.com) over the exact bytes. At most 20 are'
  ' looked at.';

revoke all on function verify_standard(text, jsonb, bytea, timestamptz) from public;
