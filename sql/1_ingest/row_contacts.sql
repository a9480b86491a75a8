-- The e-mails and phones of one row, normalised, in the order in which contact_fields ranks their columns; what is
-- none is left out. A do-not-call column marks its phone, one for the whole row marks all of them.
create or replace function row_contacts(p_raw jsonb, p_columns contact_fields[])
returns jsonb
language plpgsql
stable
set search_path from current
as $$
declare
  v_contacts jsonb := jsonb '[]';
  v_all_marked boolean := is_marked(p_raw ->> 'dnc');
  v_column contact_fields;
  v_value text;
begin
  foreach v_column in array p_columns loop
    v_value := p_raw ->> v_column.field;
    v_value := case v_column.channel when 'phone' then normalize_phone(v_value) else normalize_email(v_value) end;

    if v_value is not null then
      v_contacts := v_contacts || jsonb_build_object(
        'field', v_column.field,
        'channel', v_column.channel,
        'value', v_value,
        'line_type', coalesce(v_column.line_type, line_type_of(p_raw ->> v_column.type_field)),
        'do_not_call', v_column.channel = 'phone' and (v_all_marked or is_marked(p_raw ->> v_column.dnc_field))
      );
    end if;
  end loop;

  return v_contacts;
end
$$;

comment on function row_contacts(jsonb, contact_fields[]) is
  '[{"field", "channel", "value", "line_type", "do_not_call"}, …] of a row, from the given columns in their order.';

revoke all on function row_contacts(jsonb, contact_fields[]) from public;
