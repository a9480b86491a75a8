-- What a reply does to its lead: an active one is replied, and its last reply is the latest, in whatever order they are
-- told.
create or replace function note_reply(p_lead_id uuid, p_occurred_at timestamptz, p_now timestamptz)
returns void
language sql
volatile
set search_path from current
as $$
  select give_reason('record_reply');

  update leads as l
     set last_reply_at = greatest(l.last_reply_at, least(p_occurred_at, p_now)),
         campaign_status = case l.campaign_status when 'active' then 'replied' else l.campaign_status end,
         campaign_status_at = case l.campaign_status when 'active' then p_now else l.campaign_status_at end,
         updated_at = p_now
   where l.id = p_lead_id;
$$;

comment on function note_reply(uuid, timestamptz, timestamptz) is
  'Notes a reply on a lead. Null for when it was, or a time to come: now.';
