-- Sets when a contact is to be asked about again, since the answer found nothing out. After so many in a row it is
-- left, and health says so: each question costs money.
create or replace function retry_verification(p_lead_id uuid, p_channel text, p_position int, p_now timestamptz)
returns void
language sql
volatile
set search_path from current
as $$
  update lead_contacts as c
     set verify_tries = coalesce(c.verify_tries, 0) + 1,
         verify_after = case
           when coalesce(c.verify_tries, 0) + 1 < setting('max_verification_tries')::int
             then p_now + retry_delay(coalesce(c.verify_tries, 0) + 1)
         end
   where c.lead_id = p_lead_id
     and c.channel = p_channel
     and c.position = p_position;
$$;

comment on function retry_verification(uuid, text, int, timestamptz) is
  'Counts a try of a contact; verify_after by retry_delay, null at the setting max_verification_tries.';
