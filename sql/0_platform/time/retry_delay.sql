-- How long to wait before the next try: anything up to a limit that doubles with each attempt (full jitter), so that
-- many failures at once do not come back at once.
create or replace function retry_delay(p_attempts int)
returns interval
language sql volatile set search_path from current
as $$
  select random() * least(interval '30 s' * 2 ^ least(p_attempts, 20), setting('max_delivery_backoff')::interval);
$$;

comment on function retry_delay(int) is
  'A random wait between 0 and 30 s times two to the number of attempts, at most settings.max_delivery_backoff.';
