-- What a header Retry-After asks for (RFC 9110 section 10.2.3): a number of seconds, or a date. More than a day is not
-- believed, and what is neither is as if it weren't there.
create or replace function retry_after(p_header text, p_now timestamptz)
returns interval
language plpgsql
stable
set search_path from current
as $$
declare
  v_date text := substring(
    p_header from e'^\\s*(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\\d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \\d{4} \\d{2}:\\d{2}:\\d{2}) GMT\\s*$'
  );
begin
  if p_header ~ e'^\\s*[0-9]{1,9}\\s*$' then
    return least(interval '1 s' * trim(p_header)::int, interval '1 day');
  end if;

  if v_date is not null then
    return least(greatest((v_date || ' UTC')::timestamptz - p_now, interval '0'), interval '1 day');
  end if;

  return null;
exception
  when datetime_field_overflow or invalid_datetime_format then
    return null; -- the 31st of February
end
$$;

comment on function retry_after(text, timestamptz) is
  'The wait that Retry-After asks for, from 0 to 1 day; null if the header is missing or unreadable.';

revoke all on function retry_after(text, timestamptz) from public;
