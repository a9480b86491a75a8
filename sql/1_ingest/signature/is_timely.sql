-- Whether a signed message was sent just now: within the tolerance of the settings, before or after, by our clock.
create or replace function is_timely(p_unix_seconds text, p_now timestamptz)
returns boolean
language sql stable set search_path from current
as $$
  select case
    when p_unix_seconds ~ '^[0-9]{1,11}$'
      then abs(extract(epoch from p_now) - p_unix_seconds::bigint)
        <= extract(epoch from setting('signature_tolerance')::interval)
    else false
  end;
$$;

comment on function is_timely(text, timestamptz) is
  'Whether a time in Unix seconds is within settings.signature_tolerance of now.';
