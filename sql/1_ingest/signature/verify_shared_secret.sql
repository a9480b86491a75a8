-- The secret itself in a header. The key of an HMAC over nothing stands for it on both sides, so that neither length
-- nor content shows in how long comparing takes.
create or replace function verify_shared_secret(
  p_scheme webhook_schemes, p_source text, p_headers jsonb, p_body bytea, p_now timestamptz
)
returns boolean
language sql stable set search_path from current
as $$
  select is_signed(
    p_source,
    p_scheme.scheme,
    ''::bytea,
    array[hmac(''::bytea, convert_to(p_headers ->> p_scheme.signature_header, 'UTF8'), 'sha256')],
    p_now
  );
$$;

comment on function verify_shared_secret(webhook_schemes, text, jsonb, bytea, timestamptz) is
  'Whether the header is a secret of the source. It vouches for the sender, not for the body.';
