-- Corrects a row that was set aside and tries it again. The corrections are kept even if they don't suffice yet, so
-- that the next ones build on them.
--
-- Security definer: it opens and seals the row and merges it, and the caller may not choose the time.
create or replace function correct_row(p_id bigint, p_fields jsonb, p_token uuid default null)
returns redrive_result
language sql volatile security definer set search_path from current
as $$
  select * from correct_row(p_id, p_fields, p_token, clock_timestamp());
$$;

-- Corrects at a given time.
create or replace function correct_row(p_id bigint, p_fields jsonb, p_token uuid, p_now timestamptz)
returns redrive_result
language plpgsql volatile set search_path from current
as $$
declare
  v_letter pipeline_dlq := lock_for_redrive(p_id, p_token, null, p_now);
  v_row jsonb := row_of_dead_letter(v_letter);
begin
  perform check_fields(p_fields);

  update pipeline_dlq as q
     set sealed = seal(
       'pipeline_dlq.sealed/' || q.id,
       convert_to(jsonb_strip_nulls(v_row || p_fields)::text, 'UTF8')
     )
   where q.id = p_id
  returning q.* into v_letter;

  return settle_dead_letter(v_letter, merge_dead_letter(v_letter, stage_dead_letter(v_letter), p_now), p_now);
end
$$;

comment on function correct_row(bigint, jsonb, uuid) is
  'Corrects a rejected or quarantined row and redrives it. p_fields: {canonical field: text}; null removes a field.'
  ' outcome: redriven, with its lead, or waiting and why: the correction is kept all the same, and payload and'
  ' last_error say how the row stands. A redriven row is undone by revert_upload(upload_id of the answer). PF104 if the'
  ' letter is not about a row, PF106 for an unknown field, and what redrive_dlq raises.';
comment on function correct_row(bigint, jsonb, uuid, timestamptz) is 'correct_row at a given time.';

grant execute on function correct_row(bigint, jsonb, uuid) to pipeline_writer;
