-- Stripe and its like: t=time,v1=signature in hex, several v1 while a secret is changed, over timestamp.body.
create or replace function verify_stripe(
  p_scheme webhook_schemes, p_source text, p_headers jsonb, p_body bytea, p_now timestamptz
)
returns boolean
language sql stable set search_path from current
as $$
  select is_signed(
    p_source,
    p_scheme.scheme,
    convert_to(message_time(p_scheme, p_headers) || '.', 'UTF8') || p_body,
    array(
      select decode(split_part(t.element, '=', 2), 'hex')
        from string_to_table(p_headers ->> p_scheme.signature_header, ',') as t (element)
       where t.element ~ '^ *v1=[0-9A-Fa-f]{64}$'
       limit 20
    ),
    p_now
  );
$$;

comment on function verify_stripe(webhook_schemes, text, jsonb, bytea, timestamptz) is
  'Whether the header holds a v1 that is the hex HMAC-SHA-256 of its t, a dot and the exact bytes (docs.stripe.com,'
  ' Verify webhook signatures manually).';
