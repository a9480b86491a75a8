-- Opens one lead's personal data, for functions that check the caller's right to it and record that it was opened.
create or replace function lead_pii(p_lead_id uuid)
returns jsonb
language plpgsql stable set search_path from current
as $$
declare
  v_sealed bytea;
begin
  select l.pii into v_sealed from leads as l where l.id = p_lead_id;

  return convert_from(unseal('leads.pii/' || p_lead_id, v_sealed), 'UTF8')::jsonb;
end
$$;

comment on function lead_pii(uuid) is
  'The lead''s document: fields as text, what is known by its header alone as other.HEADER, phones and emails in order'
  ' of position. Null if the lead is unknown or has none. PF011 if it does not open.';
