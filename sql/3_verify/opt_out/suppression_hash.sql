-- The blind index under which a value is suppressed. A value that is no contact has none, and the caller must be told
-- so: "not suppressed" would be taken as leave to contact it.
create or replace function suppression_hash(p_channel text, p_value text)
returns bytea
language plpgsql stable set search_path from current
as $$
declare
  v_hash bytea := contact_hash(p_channel, p_value);
begin
  if v_hash is null then
    raise exception using errcode = 'PF062',
      message = format('the value is no %s', case p_channel when 'phone' then 'phone number' else 'e-mail address' end),
      hint = 'Pass a North American number of 10 digits (or 11 with a leading 1), or an address with one @.';
  end if;

  return v_hash;
end
$$;

comment on function suppression_hash(text, text) is
  'As in suppressions.value_hash. PF060 for an unknown channel, PF062 for a value that is no contact.';
