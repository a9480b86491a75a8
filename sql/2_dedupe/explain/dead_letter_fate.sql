-- What became of a line after its file set it aside.
create or replace function dead_letter_fate(p_row upload_rows)
returns text
language sql stable set search_path from current
as $$
  select case
    when q.state = 'discarded' then format('discarded: %s', rtrim(q.last_error, '.'))
    when q.redriven_as is not null then format(
      'since redriven as upload %s (line %s) into lead %s',
      q.redriven_as,
      q.line_number,
      coalesce(
        (select r.lead_id::text from upload_rows as r where r.upload_id = q.redriven_as limit 1),
        'that is no longer known'
      )
    )
    when q.state = 'redriven' then format('since dealt with as dead letter %s', q.id)
    else format('waiting as dead letter %s', q.id)
  end
    from pipeline_dlq as q
   where q.upload_id = p_row.upload_id
     and q.line_number = p_row.line_number
     and q.source = 'upload';
$$;

comment on function dead_letter_fate(upload_rows) is
  'waiting as dead letter …, since redriven as upload … into lead …, or discarded and why; null without a letter.';
