-- Locks a lead, so that verification, consent and opt-out of one lead follow one another.
create or replace function lock_lead(p_lead_id uuid)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  perform from leads as l where l.id = p_lead_id for update;

  if not found then
    raise exception using errcode = 'PF061',
      message = format('there is no lead %s', coalesce(p_lead_id::text, 'null')),
      hint = 'Pass leads.id. A lead that was erased or reverted is gone; leave it out.';
  end if;
end
$$;

comment on function lock_lead(uuid) is 'Row lock until the transaction ends. PF061 for an unknown lead.';
