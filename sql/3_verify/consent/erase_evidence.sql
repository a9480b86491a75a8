-- Removes what is personal from a lead's consents when the person is to be forgotten. The proof that consent was given
-- and withdrawn stays: the chain holds the hash of the evidence, and a row of its own says that it was erased.
create or replace function erase_evidence(p_lead_id uuid, p_now timestamptz)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_erased int;
begin
  update consents as c
     set evidence = null
   where c.lead_id = p_lead_id
     and c.evidence is not null
     and c.action <> 'erased';

  get diagnostics v_erased = row_count;

  if v_erased > 0 then
    perform append_consent(p_lead_id, 'erased', 'erasure', '{}', p_now);
  end if;

  return v_erased;
end
$$;

comment on function erase_evidence(uuid, timestamptz) is
  'How many rows of consents lost their evidence. Event consent, action erased, if any. The words shown stay: they are'
  ' ours.';
