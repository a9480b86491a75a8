-- The blind index of a phone number or e-mail address however it is written: normalised first, so that every
-- spelling finds the same contacts and suppressions.
create or replace function contact_hash(p_channel text, p_value text)
returns bytea
language plpgsql stable set search_path from current
as $$
begin
  perform check_channel(p_channel);

  return blind_index(
    p_channel,
    case p_channel when 'phone' then normalize_phone(p_value) else normalize_email(p_value) end
  );
end
$$;

comment on function contact_hash(text, text) is
  '32 bytes, as in lead_contacts.value_hash and suppressions.value_hash. Null if the value is no contact of the'
  ' channel. PF060 for an unknown channel.';
