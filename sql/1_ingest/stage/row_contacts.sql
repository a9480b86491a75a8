-- The e-mails and phones of one row, normalised, in the order in which contact_fields ranks their columns; what is
-- none is left out. A do-not-call column marks its phone, one for the whole row (dnc, dnc_2, dnc_3) marks all of them.
create or replace function row_contacts(p_raw jsonb, p_columns contact_fields[])
returns jsonb
language plpgsql stable set search_path from current
as $$
declare
  v_contacts jsonb := jsonb '[]';
  v_seen text := '';
  v_all_marked boolean := case
    when p_raw ?| array['dnc', 'dnc_2', 'dnc_3']
      then is_marked(p_raw ->> 'dnc') or is_marked(p_raw ->> 'dnc_2') or is_marked(p_raw ->> 'dnc_3')
    else false
  end;
  v_repeats boolean := false;
  v_column contact_fields;
  v_value text;
begin
  foreach v_column in array p_columns loop
    continue when not p_raw ? v_column.field;

    v_value := p_raw ->> v_column.field;
    v_value := case v_column.channel when 'phone' then normalize_phone(v_value) else normalize_email(v_value) end;

    continue when v_value is null;

    v_repeats := v_repeats or strpos(v_seen, v_value) > 0; -- perhaps: joined_contacts looks closer
    v_seen := v_seen || ' ' || v_value;

    v_contacts := v_contacts || jsonb_build_object(
      'field', v_column.field,
      'channel', v_column.channel,
      'value', v_value,
      'line_type', case
        when v_column.line_type is not null then v_column.line_type
        when p_raw ? v_column.type_field then line_type_of(p_raw ->> v_column.type_field)
      end,
      'do_not_call', case
        when v_column.channel <> 'phone' then false
        when v_all_marked then true
        when p_raw ? v_column.dnc_field then is_marked(p_raw ->> v_column.dnc_field)
        else false
      end
    );
  end loop;

  return case when v_repeats then joined_contacts(jsonb_build_array(v_contacts)) else v_contacts end;
end
$$;

comment on function row_contacts(jsonb, contact_fields[]) is
  '[{"field", "channel", "value", "line_type", "do_not_call"}, …] of a row, each value once, from the given columns in'
  ' their order.';
