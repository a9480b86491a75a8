-- Why a vendor's answer ends a delivery, and what to do about it.
create or replace function refusal_of(p_http_status int, out reason text, out hint text)
language sql immutable set search_path from current
as $$
  select
    coalesce('the vendor answered ' || p_http_status, 'the vendor did not answer'),
    case
      when is_transient(p_http_status) then 'All attempts are used up: see whether the vendor works, then redrive_dlq.'
      when p_http_status in (401, 403) then 'The vendor does not accept our key: renew it, then redrive_dlq.'
      else 'The vendor does not take this message: see what it says of the lead''s contact.'
    end;
$$;

comment on function refusal_of(int) is 'Reason and hint of the dead letter, by HTTP status; null: no answer.';
