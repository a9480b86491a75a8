-- Gives a source a secret, or a new one: the old one then stays valid for the overlap, so that nobody has to change
-- both ends at the same moment. Secrets rest sealed.
create or replace function set_signing_secret(
  p_source text, p_secret text, p_scheme text default 'standard', p_overlap interval default '1 day'
)
returns void
language plpgsql
volatile
set search_path from current
as $$
declare
  v_encoded text := substring(p_secret from '^whsec_([A-Za-z0-9+/]+={0,2})$');
  v_secret bytea;
  v_id bigint := nextval('webhook_secrets_id_seq');
begin
  if p_scheme is distinct from 'standard' then
    raise exception using errcode = 'PF028',
      message = format('there is no scheme %L', p_scheme),
      hint = 'The scheme is standard: Standard Webhooks.';
  end if;

  if coalesce(trim(p_source), '') = '' or v_encoded is null or length(v_encoded) % 4 <> 0 then
    raise exception using errcode = 'PF029',
      message = 'a source and a secret like whsec_… in base64 are needed',
      hint = 'select ''whsec_'' || encode(gen_random_bytes(32), ''base64'') makes one.';
  end if;

  v_secret := decode(v_encoded, 'base64');
  if octet_length(v_secret) < 24 then
    raise exception using errcode = 'PF029',
      message = format('the secret has %s bytes, at least 24 are needed', octet_length(v_secret)),
      hint = 'select ''whsec_'' || encode(gen_random_bytes(32), ''base64'') makes one.';
  end if;

  insert into webhook_sources (source, scheme)
  values (p_source, p_scheme)
  on conflict (source) do update set scheme = excluded.scheme;

  update webhook_secrets as s
     set valid_until = greatest(now() + p_overlap, s.valid_from + interval '1 microsecond')
   where s.source = p_source
     and (s.valid_until > now() + p_overlap) is not false;

  insert into webhook_secrets (id, source, secret, valid_from)
  values (v_id, p_source, seal('webhook_secrets.secret/' || v_id, v_secret), now());
end
$$;

comment on function set_signing_secret(text, text, text, interval) is
  'Adds or rotates a source''s secret: whsec_ and base64 of at least 24 bytes. The one before stays valid for the'
  ' overlap. PF028 for an unknown scheme, PF029 for a secret that is too weak or badly written.';

revoke all on function set_signing_secret(text, text, text, interval) from public;
