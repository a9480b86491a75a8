-- A row that was set aside is put right and tried again. The corrections stay with the row also where that isn't enough
-- yet, so that the next ones build on them.
--
-- Security definer: it opens and seals the row and merges it, and the caller may not choose the time.
create or replace function correct_row(p_id bigint, p_fields jsonb, p_token uuid default null)
returns redrive_result
language plpgsql
volatile
security definer
set search_path from current
as $$
declare
  v_letter pipeline_dlq := lock_dead_letter(p_id, p_token, clock_timestamp());
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

  return settle_dead_letter(v_letter, merge_dead_letter(v_letter, stage_dead_letter(v_letter), clock_timestamp()), clock_timestamp());
end
$$;

comment on function correct_row(bigint, jsonb, uuid) is
  'Corrects a rejected or quarantined row and redrives it. p_fields: {canonical field: text}, null takes a field'
  ' away. outcome: redriven, with its lead, or waiting and why: the correction is kept all the same, and payload and'
  ' last_error say how the row stands. Undo of a redriven one: revert_upload(upload_id of the answer). PF104 if the'
  ' letter is not about a row, PF106 for a field that there isn''t, and what redrive_dlq raises.';

grant execute on function correct_row(bigint, jsonb, uuid) to pipeline_writer;
