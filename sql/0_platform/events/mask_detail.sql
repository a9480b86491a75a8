-- mask_contacts for the texts inside of a JSON value, at any depth. Names, numbers and the rest stay.
create or replace function mask_detail(p_detail jsonb)
returns jsonb
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  case jsonb_typeof(p_detail)
    when 'string' then
      -- a UUID or a time has ten digits too, and is no phone number
      return case
        when p_detail #>> '{}' ~* '^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.Z+-]*)$'
          then p_detail
        else to_jsonb(mask_contacts(p_detail #>> '{}'))
      end;
    when 'object' then
      return (select coalesce(jsonb_object_agg(e.key, mask_detail(e.value)), '{}') from jsonb_each(p_detail) as e);
    when 'array' then
      return (
        select coalesce(jsonb_agg(mask_detail(e.item) order by e.place), '[]')
          from jsonb_array_elements(p_detail) with ordinality as e (item, place)
      );
    else
      return p_detail;
  end case;
end
$$;

comment on function mask_detail(jsonb) is 'The value with each text in it as mask_contacts gives it. Null gives null.';
