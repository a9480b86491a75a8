-- Melissa's address key: ten digits, of which a spreadsheet drops the leading zeros and to which it adds .0; both are
-- repaired. Its 3.95E+08 has lost digits and is no key.
--
-- Security definer: drop_decimal is the owner's alone.
create or replace function normalize_mak(p_value text)
returns text
language plpgsql immutable parallel safe security definer set search_path from current
as $$
declare
  v_digits text := drop_decimal(p_value);
begin
  if char_length(v_digits) <= 10 and translate(v_digits, '0123456789', '') = '' and ltrim(v_digits, '0') <> '' then
    return lpad(v_digits, 10, '0');
  end if;

  return null;
end
$$;

comment on function normalize_mak(text) is 'Ten digits. Null for anything else and for all zeros.';

grant execute on function normalize_mak(text) to pipeline_writer;
