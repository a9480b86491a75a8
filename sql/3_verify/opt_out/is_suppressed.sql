-- Whether a value must not be contacted.
--
-- Security definer: the blind index needs its data key.
create or replace function is_suppressed(p_channel text, p_value text)
returns boolean
language plpgsql stable security definer set search_path from current
as $$
declare
  v_hash bytea := suppression_hash(p_channel, p_value);
begin
  return exists (select from suppressions as s where s.channel = p_channel and s.value_hash = v_hash);
end
$$;

comment on function is_suppressed(text, text) is
  'True after an opt-out that no later consent has undone. Any spelling of the value. PF060 for an unknown'
  ' channel, PF062 for a value that is no phone number or e-mail address.';

grant execute on function is_suppressed(text, text) to pipeline_writer;
