-- An address line as words: upper case, apostrophes gone, other punctuation a space, # a word of its own.
-- A hyphen or slash stays between digits (34-20, 1/2); before one last letter it goes (12-B is 12B).
--
-- Two regular expressions at most for plain ASCII: a backend keeps 32 compiled, and the rest of an upload needs some.
create or replace function split_address(p_line text)
returns text[]
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_line text := p_line;
begin
  if octet_length(v_line) <> char_length(v_line) then
    v_line := fold_characters(v_line);
  end if;

  v_line := replace(upper(v_line collate "C"), '''', '');

  if strpos(v_line, '-') > 0 or strpos(v_line, '/') > 0 then
    v_line := regexp_replace(v_line, e'([0-9])-([0-9]/[0-9]+)\\M', e'\\1 \\2', 'g');
    v_line := regexp_replace(v_line, e'([0-9])-([A-Z])\\M', e'\\1\\2', 'g');
    v_line := regexp_replace(v_line, '[-/](?![0-9])|(?<![0-9])[-/]', ' ', 'g');
  end if;

  -- ASCII but letters, digits, # - and /; then the punctuation beyond
  v_line := regexp_replace(
    v_line,
    e'[\\u0001-\\u0022\\u0024-\\u002c\\u002e\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u00bf\\u2000-\\u2bff\\u3000-\\u303f]+',
    ' ', 'g'
  );

  if strpos(v_line, '#') > 0 then
    v_line := replace(v_line, '#', ' # ');
  end if;

  return array_remove(string_to_array(v_line, ' '), '');
end
$$;

comment on function split_address(text) is
  'The words of an address line, folded. An empty array for an empty line.';
