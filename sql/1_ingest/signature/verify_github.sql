-- GitHub and its like: one signature in hex, with sha256= before it or without, over the body.
create or replace function verify_github(
  p_scheme webhook_schemes, p_source text, p_headers jsonb, p_body bytea, p_now timestamptz
)
returns boolean
language sql stable set search_path from current
as $$
  select is_signed(
    p_source,
    p_scheme.scheme,
    p_body,
    array[decode(substring(p_headers ->> p_scheme.signature_header from '^(?:sha256=)?([0-9A-Fa-f]{64})$'), 'hex')],
    p_now
  );
$$;

comment on function verify_github(webhook_schemes, text, jsonb, bytea, timestamptz) is
  'Whether the header is the hex HMAC-SHA-256 of the exact bytes, with or without sha256= before it (docs.github.com,'
  ' Validating webhook deliveries).';
