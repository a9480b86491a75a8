-- Rewrites a CSV text so that each quote left in it opens or closes a field, for texts in which some stand where none
-- belongs, like 5" pipe. A quote opens at the start of a field, closes inside a quoted one, stands for itself when doubled
-- there, and is a character like any other elsewhere: what Python's csv module does.
--
-- The only loop over a file's content, and only from quote to quote; texts with regular quotes never come here.
create or replace function settle_quotes(p_text text, p_delimiter text, p_literal text)
returns text
language plpgsql
immutable
strict
parallel safe
set search_path from current
as $$
declare
  v_pieces text[] := string_to_array(p_text, '"');
  v_quotes int := cardinality(v_pieces) - 1;
  v_settled text[] := array[v_pieces[1]];
  v_inside boolean := false;
  v_quote int := 1;
begin
  while v_quote <= v_quotes loop
    if v_inside and v_quote < v_quotes and v_pieces[v_quote + 1] = '' then
      -- two in a row stand for one
      v_settled := v_settled || (p_literal || v_pieces[v_quote + 2]);
      v_quote := v_quote + 2;
      continue;
    end if;

    if v_inside or v_quote = 1 and v_pieces[1] = '' or right(v_pieces[v_quote], 1) in (p_delimiter, E'\n', E'\r') then
      v_inside := not v_inside;
      v_settled := v_settled || ('"' || v_pieces[v_quote + 1]);
    else
      v_settled := v_settled || (p_literal || v_pieces[v_quote + 1]);
    end if;
    v_quote := v_quote + 1;
  end loop;

  return array_to_string(v_settled, '');
end
$$;

comment on function settle_quotes(text, text, text) is
  'The text with only opening and closing quotes left; those that are characters are replaced by p_literal.';

revoke all on function settle_quotes(text, text, text) from public;
