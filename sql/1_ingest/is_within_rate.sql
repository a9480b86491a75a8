-- Whether a source may send one more upload in this minute. Its uploads are counted, which only verified messages
-- leave: noise under its name doesn't use up its rate, and a replay, which costs little, doesn't count. Uploads under
-- way in other transactions are not seen yet, so the limit is passed by as many at most as run at once.
create or replace function is_within_rate(p_source text, p_now timestamptz)
returns boolean
language sql stable set search_path from current
as $$
  select count(*) < setting('uploads_per_minute')::int
    from (
      select
        from uploads as u
       where u.source = p_source
         and u.received_at > p_now - interval '1 minute'
         and u.redrive_of is null
       limit setting('uploads_per_minute')::int
    ) as recent;
$$;

comment on function is_within_rate(text, timestamptz) is
  'Whether the source sent fewer than settings.uploads_per_minute uploads in the minute before, on either path.';
