-- Stages the whole records among the bytes that wait, below the file's header. Where whole lines end inside of a quoted
-- field, they are cut before the line on which that quote opens, again until no quote is left open; what is cut off
-- waits for the next part.
create or replace function stage_part(p_copy upload_copies, p_source text, p_whole_bytes int, p_is_last boolean)
returns upload_copies
language plpgsql volatile set search_path from current
as $$
declare
  c_line_end constant text := e'\\r\\n|\\r|\\n';
  v_lines_left_out constant int := p_copy.lines - p_copy.head_lines;
  v_encoding text;
  v_text text;
  v_open_line int;
  v_rows bigint;
  v_used_bytes int;
begin
  select d.encoding, d.content
    into v_encoding, v_text
    from decode_part(p_copy.head || substr(p_copy.rest, 1, p_whole_bytes), p_copy.encoding) as d;

  loop
    if p_copy.head_lines = 0 and not p_is_last
      and (select ltrim(d.content, E'\r\n') = '' from csv_dialect(v_text, null) as d)
    then
      return p_copy; -- blank lines, so far
    end if;

    select s.rows, s.open_line
      into v_rows, v_open_line
      from stage_csv(p_copy.upload_id, p_source, v_text, v_lines_left_out, p_is_last) as s;

    exit when v_open_line is null;

    if v_open_line - 1 <= p_copy.head_lines then
      return p_copy; -- no record is whole
    end if;

    v_text := left(v_text, regexp_instr(v_text, c_line_end, 1, v_open_line - 1, 1) - 1);
  end loop;

  p_copy.encoding := v_encoding;
  p_copy.lines := v_lines_left_out + regexp_count(v_text, c_line_end);
  v_used_bytes := case v_encoding when 'WIN1252' then char_length(v_text) else octet_length(v_text) end
    - octet_length(p_copy.head);

  if p_copy.head_lines = 0 and not p_is_last then
    p_copy.head_lines := coalesce((select r.line_number - 1 from parse_csv(v_text) as r offset 1 limit 1), p_copy.lines);
    v_text := left(v_text, regexp_instr(v_text, c_line_end, 1, p_copy.head_lines, 1) - 1);
    p_copy.head := substr(
      p_copy.rest, 1, case v_encoding when 'WIN1252' then char_length(v_text) else octet_length(v_text) end
    );
  end if;

  p_copy.rest := substr(p_copy.rest, v_used_bytes + 1);
  update uploads as u set rows_read = u.rows_read + v_rows where u.id = p_copy.upload_id;
  return p_copy;
end
$$;

comment on function stage_part(upload_copies, text, int, boolean) is
  'p_copy as it stands then. Its rest holds the bytes that wait, of which p_whole_bytes are whole lines. Raises PF021'
  ' to PF026 for a file that can''t be read.';
