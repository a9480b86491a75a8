-- Why a line of a file met the lead it met: one step a kind of key, strongest first, then what became of the line.
--
-- Security definer: upload_changes, which keeps what the lead was, is the owner's alone.
create or replace function explain_match(p_upload_id uuid, p_line_number int)
returns setof match_step
language plpgsql stable security definer set search_path from current
as $$
declare
  v_row upload_rows;
begin
  perform check_merged_upload(p_upload_id);

  select r.* into v_row from upload_rows as r where r.upload_id = p_upload_id and r.line_number = p_line_number;

  if not found then
    raise exception using errcode = 'PF044',
      message = format('no record of upload %s begins at line %s', p_upload_id, coalesce(p_line_number::text, 'null')),
      hint = format(
        'The header is line 1, and a record counts where it begins:'
        ' select line_number from upload_rows where upload_id = %L;',
        p_upload_id
      );
  end if;

  if v_row.lead_id is not null then
    return query select * from explain_placed(v_row);
  else
    return query select * from explain_set_aside(v_row);
  end if;

  return query select o.* from explain_outcome(v_row) as o;
end
$$;

comment on function explain_match(uuid, int) is
  'Four rows: mak, fips_apn, address with the lead that owns each key, the rule that applied and the decision; line'
  ' with the outcome, and of a line set aside what became of its dead letter. PF041 for an unknown upload, PF042 for'
  ' one that was not merged, PF043 once its lines are purged, PF044 for a line where no record begins.';

grant execute on function explain_match(uuid, int) to pipeline_writer;
