-- Empties the staged rows about a person, of files that are being copied in. They stay as rejected lines, so that every
-- line of the file is still accounted for.
create or replace function erase_staged(p_lead_ids uuid[], p_marks text[])
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_erased int;
begin
  update leads_staging as s
     set mak = null,
         county_fips = null,
         apn = null,
         addr_hash = null,
         email = null,
         phone = null,
         contacts = '[]',
         raw = '{}',
         outcome = 'rejected',
         reason = 'erased'
   where mentions_person(s.contacts, p_marks)
      or mentions_person(s.raw, p_marks)
      or leads_share_key(p_lead_ids, s.mak, s.county_fips, s.apn, s.addr_hash);

  get diagnostics v_erased = row_count;
  return v_erased;
end
$$;

comment on function erase_staged(uuid[], text[]) is 'How many staged rows were emptied. The leads are still there.';
