-- The USPS code of a state, DC or a territory, from its name or code in any case and punctuation.
create or replace function state_code(p_state text)
returns text
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  return state_dictionary() -> array_to_string(split_address(p_state), '') ->> 'state';
end
$$;

comment on function state_code(text) is 'Two letters, null for what is no state: New York and N.Y. give NY.';
