-- An assessor's parcel number: letters and digits, leading zeros too; the county's punctuation is dropped, since
-- every vendor has its own. A spreadsheet's 1.23457E+11 has lost digits and is no key.
--
-- Security definer: drop_decimal is the owner's alone.
create or replace function normalize_apn(p_value text)
returns text
language plpgsql immutable parallel safe security definer set search_path from current
as $$
declare
  v_value text := upper(drop_decimal(p_value) collate "C");
begin
  -- an e-mail address, a phone number or a text, in a shifted column
  if strpos(v_value, '@') > 0 or left(v_value, 1) in ('(', '+') or octet_length(v_value) > 100 then
    return null;
  end if;

  if v_value ~ '^[0-9]+([.,][0-9]+)?E[+][0-9]+$' then
    return null;
  end if;

  v_value := regexp_replace(v_value, '[^A-Z0-9]+', '', 'g');

  return case when ltrim(v_value, '0') <> '' then v_value end;
end
$$;

comment on function normalize_apn(text) is
  'Upper-case letters and digits: 123-456-78 gives 12345678. Null if nothing or only zeros are left, with an @ or,'
  ' as phone numbers are written, a ( or + before it, and above 100 bytes. A key only with its county''s FIPS code.';

grant execute on function normalize_apn(text) to pipeline_writer;
