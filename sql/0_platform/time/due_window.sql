-- When something daily is due on one local day, and when its limit has passed: the one calendar of jobs and feeds. Both
-- ends are moments, so the time between them is one piece also on a day whose clocks change: a local time
-- that the day skips is an hour later on it, one that comes twice is meant the second time.
create or replace function due_window(
  p_timezone text, p_days int[], p_from time, p_until time, p_skip_holidays boolean, p_day date
)
returns table (opens_at timestamptz, closes_at timestamptz, is_holiday boolean)
language sql stable set search_path from current
as $$
  select
    (p_day + p_from) at time zone p_timezone,
    (p_day + p_until) at time zone p_timezone,
    p_skip_holidays and exists (select from holidays as h where h.day = p_day)
   where extract(isodow from p_day)::int = any(p_days);
$$;

comment on function due_window(text, int[], time, time, boolean, date) is
  'One row if the day''s weekday is in p_days (ISO, 1 is Monday), else none. Due from opens_at until before closes_at,'
  ' unless is_holiday: the day is a holiday and p_skip_holidays is true.';

-- job_status calls it with its reader's rights
grant execute on function due_window(text, int[], time, time, boolean, date) to pipeline_reader;
