-- What became of a line as a whole, and by which rule.
create or replace function explain_outcome(p_row upload_rows)
returns match_step
language sql stable set search_path from current
as $$
  select (
    'line',
    p_row.line_number,
    p_row.lead_id,
    concat(
      case p_row.outcome
        when 'new' then 'no lead owned its strongest key: the line made one'
        when 'merged' then 'the first line of the file that met this lead, the owner of its strongest key'
        when 'duplicate' then format(
          'line %s of the file made or met this lead before',
          (
            select r.line_number
              from upload_rows as r
             where r.upload_id = p_row.upload_id
               and r.lead_id = p_row.lead_id
               and r.outcome in ('new', 'merged')
          )
        )
        when 'quarantined' then explain_conflict(p_row) || ': it touched nobody'
        else coalesce(
          (
            select q.reason
              from pipeline_dlq as q
             where q.upload_id = p_row.upload_id
               and q.line_number = p_row.line_number
               and q.source = 'upload'
          ),
          'the dead letter that knew why is gone'
        )
      end,
      case
        when p_row.lead_id is not null and not exists (select from leads as l where l.id = p_row.lead_id)
          then '; the lead is gone since'
      end,
      '; ' || dead_letter_fate(p_row),
      case
        when (select u.status from uploads as u where u.id = p_row.upload_id) = 'reverted'
          then '; the upload was reverted since'
      end
    ),
    p_row.outcome
  )::match_step;
$$;

comment on function explain_outcome(upload_rows) is
  'The last step of explain_match: key_kind line, key_value its number, decision its outcome. The rule says also what'
  ' became of a line that was set aside.';
