-- The row of a file that a dead letter is about, as its sealed copy has it: contacts back in the fields they came in.
create or replace function row_of_dead_letter(p_letter pipeline_dlq)
returns jsonb
language plpgsql stable set search_path from current
as $$
declare
  v_sealed jsonb;
begin
  if p_letter.source <> 'upload' or p_letter.line_number is null then
    raise exception using errcode = 'PF104',
      message = format('dead letter %s is not a row of a file', p_letter.id),
      hint = 'A file that was refused as a whole is not kept: mend it and send it again under its name, or discard_dlq.';
  end if;

  v_sealed := dead_letter_content(p_letter);

  return (
    select v_sealed - 'contacts' || coalesce(jsonb_object_agg(c.item ->> 'field', c.item -> 'value'), '{}')
      from jsonb_array_elements(v_sealed -> 'contacts') as c (item)
  );
end
$$;

comment on function row_of_dead_letter(pipeline_dlq) is
  '{canonical field: text, …}. PF104 if the letter is not about a row.';
