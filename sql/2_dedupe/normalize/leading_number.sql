-- Puts the house number first where a line begins otherwise: a unit goes behind (Apt 4, 123 Main St), a # that
-- names no unit goes (#123 Main St), and a grid's two words are one (N6 W23001).
create or replace function leading_number(p_words text[])
returns text[]
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  if ascii(p_words[1]) between 48 and 57 then
    return p_words;
  end if;

  if address_dictionary('unit') ? p_words[1] and ascii(p_words[3]) between 48 and 57 then
    return p_words[3 :] || p_words[1 : 2];
  elsif p_words[1] = '#' then
    return leading_number(p_words[2 :]);
  elsif address_dictionary('direction') ? left(p_words[1], 1)
    and translate(substr(p_words[1], 2), '0123456789', '') = '' and char_length(p_words[1]) > 1
    and address_dictionary('direction') ? left(p_words[2], 1) and ascii(substr(p_words[2], 2, 1)) between 48 and 57
  then
    return (p_words[1] || p_words[2]) || p_words[3 :];
  end if;

  return p_words;
end
$$;

comment on function leading_number(text[]) is
  'Split words of an address line with the house number first, if they have one.';
