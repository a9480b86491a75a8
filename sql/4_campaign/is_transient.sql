-- Whether a vendor's answer may be another one next time (RFC 9110 section 15, RFC 6585 section 4). No answer may.
create or replace function is_transient(p_http_status int)
returns boolean
language sql
immutable
parallel safe
set search_path from current
as $$
  select p_http_status is null or p_http_status in (408, 425, 429) or p_http_status between 500 and 599;
$$;

comment on function is_transient(int) is 'True for no answer, 408, 425, 429 and 5xx.';

revoke all on function is_transient(int) from public;
