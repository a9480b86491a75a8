-- The key of a secret as its scheme writes it down. The text is taken as it is where vendors do so; spaces at its ends
-- and control characters are refused, since no header and no form brings them through.
create or replace function signing_key(p_secret text, p_form text)
returns bytea
language sql immutable set search_path from current
as $$
  select case p_form
    when 'whsec'
      then (
        select decode(e.encoded, 'base64')
          from (select substring(p_secret from '^whsec_([A-Za-z0-9+/]+={0,2})$') as encoded) as e
         where length(e.encoded) % 4 = 0
      )
    when 'text'
      then case when p_secret = btrim(p_secret) and p_secret !~ '[[:cntrl:]]' then convert_to(p_secret, 'UTF8') end
  end;
$$;

comment on function signing_key(text, text) is
  'The bytes of a secret in one of the forms of webhook_schemes.secret_form; null if it is not written like that.';
