-- Erases a person who wants to be forgotten.
--
-- Security definer: what is erased is the owner's alone, and the caller may not choose the time.
create or replace function forget_lead(p_lead_id uuid, p_reason text)
returns void
language sql volatile security definer set search_path from current
as $$
  select forget_lead(p_lead_id, p_reason, clock_timestamp());
$$;

-- Erases a person at a given time. Contacts are suppressed first, while they are still known, and the leads deleted
-- last. No merge runs meanwhile, since it could carry what it read before into a lead that it makes afterwards.
--
-- Other leads with one of the contacts under another name are opted out and named in the event. Whether they are the
-- same person is for a human to say; until then the contact stays in their documents too.
--
-- A lead with a damaged document is erased as well, and its contacts are suppressed by their hashes. Dead letters and
-- files can't be searched for what the document held, so the event names the lead as unreadable.
--
-- Locks are taken in the order in which everybody takes them: files being copied in, merges, leads, dead letters.
create or replace function forget_lead(p_lead_id uuid, p_reason text, p_now timestamptz)
returns void
language plpgsql volatile set search_path from current
as $$
declare
  v_lead_ids uuid[];
  v_marks text[];
  v_copies int;
  v_erased jsonb;
begin
  if coalesce(btrim(p_reason), '') = '' then
    raise exception using errcode = 'PF076',
      message = 'an erasure needs a reason',
      hint = 'Pass a short word for it, for example ''request by letter''.';
  end if;

  v_lead_ids := leads_of_person(p_lead_id);
  v_copies := erase_copies(v_lead_ids, identifiers_of_person(v_lead_ids));

  perform hold_lock('merge');

  v_lead_ids := leads_of_person(p_lead_id);
  perform lock_sharing_leads(v_lead_ids);
  perform lock_lead(p_lead_id);

  v_marks := identifiers_of_person(v_lead_ids);

  v_erased := jsonb_build_object(
    'reason', mask_contacts(btrim(p_reason)),
    'leads', to_jsonb(v_lead_ids),
    'unreadable', (
      select coalesce(jsonb_agg(l.id order by l.id), '[]')
        from leads as l
       where l.id = any(v_lead_ids)
         and l.pii is not null
         and try_lead_pii(l.id) is null
    ),
    'shared_with', (
      select coalesce(jsonb_agg(distinct o.lead_id), '[]')
        from lead_contacts as c
        join lead_contacts as o on o.channel = c.channel and o.value_hash = c.value_hash
       where c.lead_id = any(v_lead_ids)
         and o.lead_id <> all(v_lead_ids)
    )
  );

  perform opt_out_lead(t.id, 'erased', 'forget_lead', p_now), erase_evidence(t.id, p_now)
     from unnest(v_lead_ids) as t (id);

  v_erased := v_erased || jsonb_build_object(
    'letters', erase_dead_letters(v_lead_ids, v_marks),
    'staged', erase_staged(v_lead_ids, v_marks),
    'copies', v_copies
  );

  perform erase_leads(v_lead_ids);
  perform record_event(
    p_now, 'erased', v_erased,
    p_lead_id => p_lead_id,
    p_rows => cardinality(v_lead_ids),
    p_idempotency_key => 'erased/' || p_lead_id
  );
end
$$;

comment on function forget_lead(uuid, text) is
  'Erases a lead''s person: every lead with the same name and a contact in common, their contacts, tokens, deliveries,'
  ' staged rows, bytes of files that are being copied in, dead letters, before-images, the evidence of consents and the'
  ' purposes of reveals. A contact that another lead has under another name stays in that one''s document. All their'
  ' contacts stay suppressed, also after a later import; what was counted stays counted. The event of stage erased is'
  ' the proof. PF061 for an unknown lead, PF076 without a reason.';
comment on function forget_lead(uuid, text, timestamptz) is
  'forget_lead at a given time. Event erased: reason, leads (ids), unreadable (those of them whose document did not'
  ' open), shared_with (ids of other leads with one of the contacts), letters, staged and copies (how many).';

grant execute on function forget_lead(uuid, text) to pipeline_writer;
