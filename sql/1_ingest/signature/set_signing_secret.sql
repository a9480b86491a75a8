-- Gives a source its secret, or a new one. The old one stays valid for the overlap, so that both ends needn't change at
-- the same moment. A source signs by one scheme: with another scheme the old secret ends at once. Secrets rest sealed.
create or replace function set_signing_secret(
  p_source text, p_secret text, p_scheme text default 'standard', p_overlap interval default '1 day'
)
returns void
language sql volatile set search_path from current
as $$
  select set_signing_secret(p_source, p_secret, p_scheme, p_overlap, clock_timestamp());
$$;

create or replace function set_signing_secret(
  p_source text, p_secret text, p_scheme text, p_overlap interval, p_now timestamptz
)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_form text := (select s.secret_form from webhook_schemes as s where s.scheme = p_scheme);
  v_key bytea := signing_key(p_secret, v_form);
  v_id bigint := nextval('webhook_secrets_id_seq');
begin
  if v_form is null then
    raise exception using errcode = 'PF028',
      message = format('there is no scheme %L', p_scheme),
      hint = 'Pass one of webhook_schemes; standard is Standard Webhooks.';
  end if;

  if p_source is distinct from btrim(p_source) or coalesce(p_source, '') = ''
    or (octet_length(v_key) >= 24) is not true
  then
    raise exception using errcode = 'PF029',
      message = case
        when v_key is not null and octet_length(v_key) < 24
          then format('the secret has %s bytes, at least 24 are needed', octet_length(v_key))
        when v_form = 'whsec' then 'a source and a secret like whsec_… in base64 are needed'
        else 'a source and a secret are needed, without spaces at their ends'
      end,
      hint = 'select ''whsec_'' || encode(gen_random_bytes(32), ''base64'') makes a secret for any scheme.';
  end if;

  if (p_overlap >= interval '0') is not true then
    raise exception using errcode = 'PF030',
      message = 'the overlap of two secrets is missing or negative',
      hint = 'Pass how long the old secret stays valid: ''1 day'', or ''0'' to end it now.';
  end if;

  -- locks the row, so that two sessions that change a source take turns; its scheme is still the old one
  insert into webhook_sources (source, scheme)
  values (p_source, p_scheme)
  on conflict (source) do update set source = excluded.source;

  update webhook_secrets as s
     set valid_until = greatest(o.old_ends_at, s.valid_from + interval '1 microsecond')
    from (
      select p_now + case when w.scheme = p_scheme then p_overlap else interval '0' end as old_ends_at
        from webhook_sources as w
       where w.source = p_source
    ) as o
   where s.source = p_source
     and (s.valid_until > o.old_ends_at) is not false;

  update webhook_sources as w
     set scheme = p_scheme
   where w.source = p_source
     and w.scheme <> p_scheme;

  insert into webhook_secrets (id, source, secret, valid_from)
  values (v_id, p_source, seal('webhook_secrets.secret/' || v_id, v_key), p_now);
end
$$;

comment on function set_signing_secret(text, text, text, interval) is
  'Adds or rotates a source''s secret, of at least 24 bytes: whsec_ and base64, or for a scheme of secret_form text'
  ' the text itself. The one before stays valid for the overlap. PF028 for an unknown scheme, PF029 for a secret that'
  ' is too weak or badly written, PF030 for an overlap that is none.';
comment on function set_signing_secret(text, text, text, interval, timestamptz) is
  'set_signing_secret at a given time.';
