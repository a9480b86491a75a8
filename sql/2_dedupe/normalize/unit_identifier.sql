-- The identifier of a unit without what a person adds: leading zeros (04 is 4), the ending of an ordinal (3RD is 3).
create or replace function unit_identifier(p_id text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_id text := ltrim(p_id, '0');
begin
  -- 0, 0-2
  if v_id = '' or ascii(v_id) < 48 then
    return '0' || v_id;
  end if;

  if char_length(v_id) > 2
    and address_dictionary('ordinal ending') ? right(v_id, 2)
    and translate(left(v_id, -2), '0123456789', '') = ''
  then
    return left(v_id, -2);
  end if;

  return v_id;
end
$$;

comment on function unit_identifier(text) is
  'A unit''s identifier without leading zeros and ordinal endings: 3RD gives 3.';
