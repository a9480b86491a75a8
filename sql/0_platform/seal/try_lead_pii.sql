-- As lead_pii, but a damaged document is no error: an erasure must not stop at one. A missing key still is: with it the
-- document would open.
create or replace function try_lead_pii(p_lead_id uuid)
returns jsonb
language plpgsql stable set search_path from current
as $$
begin
  return lead_pii(p_lead_id);
exception
  when sqlstate 'PF011' then
    return null;
end
$$;

comment on function try_lead_pii(uuid) is 'lead_pii; null also if the document does not open with its key.';
