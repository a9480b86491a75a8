-- The scheme standard: Standard Webhooks. One of the header's signatures must be the HMAC-SHA-256 of id.timestamp.body
-- under one of the source's secrets that are valid now. Every pair is compared, in constant time.
create or replace function verify_standard(p_source text, p_headers jsonb, p_body bytea, p_now timestamptz)
returns boolean
language sql
stable
set search_path from current
as $$
  select coalesce(bool_or(equal_constant_time(
    hmac(
      convert_to(format('%s.%s.', p_headers ->> 'webhook-id', p_headers ->> 'webhook-timestamp'), 'UTF8') || p_body,
      unseal('webhook_secrets.secret/' || s.id, s.secret),
      'sha256'
    ),
    decode(g.encoded, 'base64')
  )), false)
    from webhook_secrets as s
   cross join (
     select substr(t.signature, 4) as encoded
       from string_to_table(p_headers ->> 'webhook-signature', ' ') as t (signature)
      where t.signature ~ '^v1,[A-Za-z0-9+/]{43}=$'
      limit 20
   ) as g
   where s.source = p_source
     and s.valid_from <= p_now
     and (s.valid_until > p_now) is not false;
$$;

comment on function verify_standard(text, jsonb, bytea, timestamptz) is
  'Whether webhook-signature holds a signature v1 (standardwebhooks.com) over the exact bytes. At most 20 are looked at.';

revoke all on function verify_standard(text, jsonb, bytea, timestamptz) from public;
