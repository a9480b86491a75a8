-- A North American number in E.164. Punctuation, a spreadsheet's .0 and an extension go; a value that holds anything
-- else, another country's number or two numbers is none.
--
-- Security definer: drop_decimal is the owner's alone.
create or replace function normalize_phone(p_value text)
returns text
language plpgsql immutable parallel safe security definer set search_path from current
as $$
declare
  v_value text := lower(drop_decimal(p_value) collate "C");
  v_digits text;
begin
  -- a link (RFC 3966), or a sender as messaging services write it
  if split_part(v_value, ':', 1) in ('tel', 'sms', 'whatsapp') then
    v_value := rtrim(split_part(split_part(v_value, ':', 2), ';', 1));
  end if;

  v_value := rtrim(split_part(replace(replace(v_value, 'extension', 'x'), 'ext', 'x'), 'x', 1));

  -- the invisible marks come with numbers copied from a telephone
  v_digits := translate(v_value, E' ()-./\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u200b\u200e\u202a\u202c\u202f\ufeff', '');

  if left(v_digits, 1) = '+' then
    v_digits := case when left(v_digits, 2) = '+1' then substr(v_digits, 3) end;
  elsif char_length(v_digits) = 11 and left(v_digits, 1) = '1' then
    v_digits := substr(v_digits, 2);
  end if;

  if char_length(v_digits) = 10 and translate(v_digits, '0123456789', '') = ''
    and ascii(v_digits) >= 50 and ascii(substr(v_digits, 4)) >= 50
  then
    return '+1' || v_digits;
  end if;

  return null;
end
$$;

comment on function normalize_phone(text) is
  '+1 and ten digits; area code and exchange begin with 2 to 9 (NANP). Null for anything else.';

grant execute on function normalize_phone(text) to pipeline_writer;
