-- What is personal of a dead letter in clear; or why it can't be had. One that does not open must not keep the others
-- of a claim from being handed out.
create or replace function open_dead_letter(p_letter pipeline_dlq, out personal jsonb, out problem text)
returns record
language plpgsql stable set search_path from current
as $$
begin
  personal := dead_letter_content(p_letter);
exception
  when sqlstate 'PF011' or sqlstate 'PF014' then
    problem := format(
      'what is personal of it does not open; it needs data key %s (%s)', sealed_version(p_letter.sealed), sqlstate
    );
end
$$;

comment on function open_dead_letter(pipeline_dlq) is
  'personal, null if there is nothing; or problem: it was changed or moved (PF011), or its key is missing (PF014).';
