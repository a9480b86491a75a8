-- Which codes a contact keeps after an answer that is no retry, and whose they are. Codes of two providers are never
-- mixed, since the same word may mean two things.
create or replace function kept_codes(
  p_lead_id uuid, p_channel text, p_position int, p_provider text, p_codes text[], p_effect code_effect
)
returns table (provider text, codes text[])
language sql stable set search_path from current
as $$
  select
    case when k.stays then c.verification_provider else p_provider end,
    case
      when k.stays then c.verification_codes
      when p_effect in ('verify', 'reject') or c.verification_provider is distinct from p_provider then p_codes
      else split_codes(c.verification_codes || p_codes)
    end
    from lead_contacts as c
   cross join lateral (
     select
       coalesce(p_effect, 'info') = 'info'
       and c.verification_provider <> p_provider
       and (
         select j.effect in ('verify', 'reject')
           from judge_codes(c.verification_provider, c.channel, c.verification_codes) as j
       ) is true as stays
   ) as k
   where c.lead_id = p_lead_id
     and c.channel = p_channel
     and c.position = p_position;
$$;

comment on function kept_codes(uuid, text, int, text, text[], code_effect) is
  'The answer''s if it verifies or rejects; else the stored ones and the answer''s, or one provider''s alone: the one'
  ' that decided, else the newest.';
