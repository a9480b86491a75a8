-- Hands a message to the verifier of its scheme. The verifier's name is a row of the owner's table; nothing that came
-- from outside becomes part of the statement.
create or replace function verify_message(
  p_scheme webhook_schemes, p_source text, p_headers jsonb, p_body bytea, p_now timestamptz
)
returns boolean
language plpgsql stable set search_path from current
as $$
declare
  v_is_signed boolean;
begin
  execute format('select %I($1, $2, $3, $4, $5)', p_scheme.verifier)
    into v_is_signed
    using p_scheme, p_source, p_headers, p_body, p_now;

  return coalesce(v_is_signed, false);
end
$$;

comment on function verify_message(webhook_schemes, text, jsonb, bytea, timestamptz) is
  'Whether a message is signed as its scheme says, by a secret of its source that is valid at the time given.';
