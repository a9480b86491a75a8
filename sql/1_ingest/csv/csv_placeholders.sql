-- Characters that a text does not contain, to stand for something while it is parsed. Control characters come first,
-- then private ones of Unicode.
create or replace function csv_placeholders(p_text text, p_count int)
returns text[]
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_marks text[];
begin
  v_marks := array(
    select chr(c.code)
      from (
        select generate_series(1, 8) as code
        union all
        select generate_series(57344, 57600)
      ) as c
     where strpos(p_text, chr(c.code)) = 0
     limit p_count
  );

  if cardinality(v_marks) < p_count then
    raise exception using errcode = 'PF022',
      message = 'the text uses every control character and every private one',
      hint = 'It is probably not text: export the file as CSV in UTF-8.';
  end if;

  return v_marks;
end
$$;

comment on function csv_placeholders(text, int) is
  'Characters that do not occur in a text. PF022 if there are not enough.';
