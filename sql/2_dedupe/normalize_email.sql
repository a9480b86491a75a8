-- An e-mail address as a key: trimmed and lower case. Plus-tags and dots stay, they are addresses of their own. No
-- further validation: that is what verification is for.
--
-- Lower case by decomposition, since the server's locale may know only ASCII: É is E and an accent.
create or replace function normalize_email(p_value text)
returns text
language plpgsql
immutable
parallel safe
set search_path from current
as $$
declare
  v_value text := btrim(p_value, E' \t\r\n\u00a0\u200b\ufeff');
  v_domain text := split_part(v_value, '@', 2);
begin
  if octet_length(v_value) > 1000 then
    return null;
  end if;

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
    and v_value !~ e'[\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff]'
  then
    return v_value;
  end if;

  return null;
end
$$;

comment on function normalize_email(text) is
  'Trimmed, lower case, one @, a dot inside the domain, at most 254 characters (RFC 5321), no blanks or '
  'control characters. Null for anything else.';

revoke all on function normalize_email(text) from public;
grant execute on function normalize_email(text) to pipeline_writer;
