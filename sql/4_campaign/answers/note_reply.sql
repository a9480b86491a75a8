-- What a reply does to its lead: an active one is replied, and last_reply_at is the latest reply's time, in whatever
-- order replies are told.
create or replace function note_reply(p_lead_id uuid, p_replied_at timestamptz, p_now timestamptz)
returns void
language sql volatile set search_path from current
as $$
  select give_reason('record_reply');

  update leads as l
     set last_reply_at = greatest(l.last_reply_at, least(p_replied_at, p_now)),
         campaign_status = case l.campaign_status when 'active' then 'replied' else l.campaign_status end,
         campaign_status_at = case l.campaign_status when 'active' then p_now else l.campaign_status_at end,
         updated_at = p_now
   where l.id = p_lead_id;
$$;

comment on function note_reply(uuid, timestamptz, timestamptz) is
  'Notes a reply on a lead. A time that is null or in the future is taken for p_now.';
