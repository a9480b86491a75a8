-- Undoes the suppressions that a new consent answers: those of the lead's own contacts, no younger than the consent. An
-- opt-out that came after the form was sent stands, even if it is recorded first.
create or replace function lift_suppressions(p_lead_id uuid, p_consented_at timestamptz)
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_lifted jsonb;
begin
  with gone as (
    delete from suppressions as s
     using lead_contacts as c
     where c.lead_id = p_lead_id
       and s.channel = c.channel
       and s.value_hash = c.value_hash
       and s.suppressed_at <= p_consented_at
    returning c.channel, c.position, s.reason, s.source, s.suppressed_at
  )

  select jsonb_agg(to_jsonb(g) order by g.channel, g.position) into v_lifted from gone as g;

  if v_lifted is null then
    return 0;
  end if;

  perform record_event(
    p_consented_at, 'suppression', p_lead_id => p_lead_id, p_rows => jsonb_array_length(v_lifted),
    p_detail => jsonb_build_object('action', 'lifted', 'suppressions', v_lifted)
  );

  return jsonb_array_length(v_lifted);
end
$$;

comment on function lift_suppressions(uuid, timestamptz) is
  'How many. Event suppression, action lifted, with channel, position, reason, source and time of each.';
