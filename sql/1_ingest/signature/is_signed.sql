-- What all schemes have in common: one of the signatures given must be the HMAC-SHA-256 of the content under one of the
-- source's secrets that are valid now; while it changes its secret, two are. Every pair is compared, in constant time.
--
-- A source without a secret must not be answered sooner than a wrong signature, or its name could be guessed: then the
-- secret of another one is opened and hashed all the same, and no match with it counts. A source that signs by another
-- scheme is such a one.
create or replace function is_signed(
  p_source text, p_scheme text, p_content bytea, p_signatures bytea[], p_now timestamptz
)
returns boolean
language sql stable set search_path from current
as $$
  with valid as (
    select s.id, s.secret
      from webhook_sources as w
      join webhook_secrets as s on s.source = w.source
     where w.source = p_source
       and w.scheme = p_scheme
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
    select s.counts, hmac(p_content, unseal('webhook_secrets.secret/' || s.id, s.secret), 'sha256') as signature
      from secrets as s
  ),

  compared as materialized (
    select e.counts, equal_constant_time(e.signature, g.signature) as is_equal
      from expected as e
     cross join unnest(p_signatures[1:20]) as g (signature)
  )

  select coalesce(bool_or(c.counts and c.is_equal), false)
    from compared as c;
$$;

comment on function is_signed(text, text, bytea, bytea[], timestamptz) is
  'Whether one of the first 20 signatures is the HMAC-SHA-256 of the content under a secret of the source, valid now,'
  ' for this scheme.';
