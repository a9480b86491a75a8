-- What a header Retry-After asks for (RFC 9110 section 10.2.3): a number of seconds, or a date in any of the three
-- forms of section 5.6.7. More than a day is not believed, and what is neither is as if it weren't there.
--
-- No pattern has a backslash, and no text is cast to a date: neither standard_conforming_strings nor DateStyle of the
-- caller matters.
create or replace function retry_after(p_header text, p_now timestamptz)
returns interval
language plpgsql stable set search_path from current
as $$
declare
  v_text text := lower(regexp_replace(btrim(p_header, e' \t\r\n'), ' +', ' ', 'g'));
  v_month constant text := '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)';
  v_clock constant text := '([0-9]{2}):([0-9]{2}):([0-9]{2})';
  v_parts text[]; -- day, month, year, hour, minute, second
  v_year int;
begin
  if v_text ~ '^[0-9]+$' then
    return least(v_text::numeric, 86400)::int * interval '1 s';
  end if;

  v_parts := coalesce(
    regexp_match(v_text, '^[a-z]+, ([0-9]{2})[ -]' || v_month || '[ -]([0-9]{4}|[0-9]{2}) ' || v_clock || ' gmt$'),
    (
      select array[a.p[2], a.p[1], a.p[6], a.p[3], a.p[4], a.p[5]] -- as C's asctime writes it
        from regexp_match(v_text, '^[a-z]+ ' || v_month || ' ([0-9]{1,2}) ' || v_clock || ' ([0-9]{4})$') as a (p)
       where a.p is not null
    )
  );

  if v_parts is null then
    return null;
  end if;

  v_year := v_parts[3]::int;

  if length(v_parts[3]) = 2 then -- of the century that brings it no more than 50 years ahead
    v_year := v_year + case when v_year + 2000 > extract(year from p_now) + 50 then 1900 else 2000 end;
  end if;

  return least(
    greatest(
      make_timestamptz(
        v_year, strpos('janfebmaraprmayjunjulaugsepoctnovdec', v_parts[2]) / 3 + 1, v_parts[1]::int,
        v_parts[4]::int, v_parts[5]::int, v_parts[6]::int, 'UTC'
      ) - p_now,
      interval '0'
    ),
    interval '1 day'
  );
exception
  when datetime_field_overflow then
    return null; -- the 31st of February
end
$$;

comment on function retry_after(text, timestamptz) is
  'The wait that Retry-After asks for, from 0 to 1 day; null if the header is missing or unreadable.';
