-- A contact value of a lead in clear, or why it can't be read. One document that does not open must not keep the others
-- from being sent.
create or replace function open_contact(
  p_lead_id uuid, p_channel text, p_position int, out contact text, out problem text
)
language plpgsql stable set search_path from current
as $$
begin
  contact := lead_pii(p_lead_id) -> (p_channel || 's') ->> (p_position - 1);

  if contact is null then
    problem := 'the lead''s document has no such contact';
  end if;
exception
  -- the same words for all, so that dlq_summary counts them together
  when sqlstate 'PF011' then
    problem := 'the lead''s document does not open';
  when sqlstate 'PF014' then
    problem := 'the data key of the lead''s document is missing';
end
$$;

comment on function open_contact(uuid, text, int) is
  'contact, or problem: the document lacks it, was changed or moved (PF011), or its key is missing (PF014).';
