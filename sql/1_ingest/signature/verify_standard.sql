-- Standard Webhooks: v1, and the signature in base64, several of them apart by spaces, over id.timestamp.body.
create or replace function verify_standard(
  p_scheme webhook_schemes, p_source text, p_headers jsonb, p_body bytea, p_now timestamptz
)
returns boolean
language sql stable set search_path from current
as $$
  select is_signed(
    p_source,
    p_scheme.scheme,
    convert_to(
      format('%s.%s.', p_headers ->> p_scheme.message_id_header, message_time(p_scheme, p_headers)), 'UTF8'
    ) || p_body,
    array(
      select decode(substr(t.signature, 4), 'base64')
        from string_to_table(p_headers ->> p_scheme.signature_header, ' ') as t (signature)
       where t.signature ~ '^v1,[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$'
       limit 20
    ),
    p_now
  );
$$;

comment on function verify_standard(webhook_schemes, text, jsonb, bytea, timestamptz) is
  'Whether the header holds a signature v1 (standardwebhooks.com) over the exact bytes.';
