-- Columns of a file may have slipped: an e-mail address or a phone number then stands where a property's address is
-- expected, which rests in clear. It stays with the row, as one of the unknown fields, which are sealed.
--
-- A name in a street's column can't be told from a street, nor a phone number from a MAK or an APN of ten digits.
create or replace function seal_misplaced(p_raw jsonb)
returns jsonb
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_address constant text := concat_ws(
    '|', p_raw ->> 'property_street', p_raw ->> 'property_unit', p_raw ->> 'property_city', p_raw ->> 'property_state'
  );
  v_misplaced constant text := '@|[0-9]([ ().-]{0,2}[0-9]){9}';
begin
  -- nearly every row ends here: no @, and not as many digits as a phone number has
  if strpos(v_address, '@') = 0
    and octet_length(v_address) - octet_length(translate(v_address, '0123456789', '')) < 10
    and (char_length(translate(p_raw ->> 'property_zip', '- ', '')) > 9) is not true
  then
    return p_raw;
  end if;

  return (
    select jsonb_object_agg(
      case
        when f.key in ('property_street', 'property_unit', 'property_city', 'property_state', 'property_zip')
          and f.value #>> '{}' ~ v_misplaced
          then 'other.' || f.key
        else f.key
      end,
      f.value
    )
      from jsonb_each(p_raw) as f
  );
end
$$;

comment on function seal_misplaced(jsonb) is
  'A staged row''s fields, in which property_street, _unit, _city, _state or _zip with an @ or ten digits like a phone'
  ' number is renamed to other.property_….';
