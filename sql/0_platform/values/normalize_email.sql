-- An e-mail address as a key: trimmed and lower case. Plus-tags and dots stay, they are addresses of their own. No
-- further validation: that is what verification is for. What surrounds an address in a mail's From or in a list
-- goes, so that an opt-out from there meets the contact.
--
-- Lower case by decomposition, since the server's locale may know only ASCII: É is E and an accent.
create or replace function normalize_email(p_value text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_blank constant text := E' \t\r\n\u00a0\u200b\ufeff';
  v_value text := btrim(p_value, v_blank);
  v_domain text;
begin
  if octet_length(v_value) > 1000 then
    return null;
  end if;

  -- Ada <ada@example.com>, as a mail's From has it
  if right(v_value, 1) = '>' then
    v_value := btrim(rtrim(substr(v_value, strpos(v_value, '<') + 1), '>'), v_blank);
  end if;

  if lower(left(v_value, 7) collate "C") = 'mailto:' then
    v_value := substr(v_value, 8);
  end if;

  v_value := rtrim(v_value, ';,' || v_blank);
  v_domain := split_part(v_value, '@', 2);

  if octet_length(v_value) = char_length(v_value) then
    v_value := lower(v_value collate "C");
  else
    v_value := normalize(
      translate(
        lower(normalize(v_value, nfd) collate "C"),
        'ÆÐØÞĐĦŁŊŒŦΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
        'æðøþđħłŋœŧαβγδεζηθικλμνξοπρστυφχψωабвгдежзиклмнопрстуфхцчшщъыьэюя'
      ),
      nfc
    );
  end if;

  if char_length(v_value) between 5 and 254
    and v_value like '_%@_%._%'
    and v_value not like '%@%@%'
    and v_domain not like '.%'
    and v_domain not like '%.'
    and v_value !~ '[<>]'
    and v_value !~ e'[\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]'
  then
    return v_value;
  end if;

  return null;
end
$$;

comment on function normalize_email(text) is
  'Trimmed, lower case, one @, a dot inside the domain, at most 254 characters (RFC 5321), no blanks or '
  'control characters; without a display name and angle brackets (RFC 5322), mailto:, or a comma or semicolon after '
  'it. Null for anything else.';

grant execute on function normalize_email(text) to pipeline_writer;
