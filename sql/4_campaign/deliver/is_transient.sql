-- Whether the vendor may answer otherwise next time (RFC 9110 section 15, RFC 6585 section 4). No answer is transient,
-- and what is no status counts as a 5xx, as section 15 says.
create or replace function is_transient(p_http_status int)
returns boolean
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(p_http_status in (408, 425, 429) or p_http_status not between 100 and 499, true);
$$;

comment on function is_transient(int) is 'True for no answer, 408, 425, 429, 5xx and what is outside of 100 to 599.';
