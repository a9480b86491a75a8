-- Several lists of contacts as one, in order of arrival: each value once, where it came first, with the newest type of
-- line that was said of it, and marked do-not-call if it ever was.
create or replace function joined_contacts(p_lists jsonb)
returns jsonb
language plpgsql
immutable
parallel safe
set search_path from current
as $$
declare
  v_joined jsonb := '[]';
  v_values text[] := '{}';
  v_contact jsonb;
  v_at int;
begin
  for v_list in 0 .. coalesce(jsonb_array_length(p_lists), 0) - 1 loop
    for v_place in 0 .. jsonb_array_length(p_lists -> v_list) - 1 loop
      v_contact := p_lists -> v_list -> v_place;
      v_at := array_position(v_values, v_contact ->> 'value');

      if v_at is null then
        v_values := v_values || (v_contact ->> 'value');
        v_joined := v_joined || v_contact;
        continue;
      end if;

      if v_contact ->> 'line_type' is not null then
        v_joined := jsonb_set(v_joined, array[(v_at - 1)::text, 'line_type'], v_contact -> 'line_type');
      end if;

      if (v_contact ->> 'do_not_call')::boolean then
        v_joined := jsonb_set(v_joined, array[(v_at - 1)::text, 'do_not_call'], 'true');
      end if;
    end loop;
  end loop;

  return v_joined;
end
$$;

comment on function joined_contacts(jsonb) is
  'The contacts of a JSON list of lists of contacts, as leads_staging.contacts has them, as one such list. Null gives'
  ' an empty one.';

revoke all on function joined_contacts(jsonb) from public;
