-- Takes a CSV text into staging: its first record says what the columns are, each further one becomes a staged row. A
-- fault of the whole file is raised before the first row is staged.
--
-- A part of a larger file is a text of its own, below the file's header. The lines of the file that it leaves out are
-- added to its line numbers, and the rows that the file may have are counted by stage_copied. A part that ends inside
-- of a quoted field is not staged, but answered with the line on which to cut it.
create or replace function stage_csv(
  p_upload_id uuid,
  p_source text,
  p_text text,
  p_lines_left_out int default null,
  p_is_last boolean default true,
  out rows bigint,
  out open_line int
)
language plpgsql volatile set search_path from current
as $$
declare
  v_csv record;
  v_unknown text[];
begin
  perform check_csv_text(p_text);
  v_csv := csv_resolve_quotes(p_text, null);

  if v_csv.open_line is not null and p_is_last then
    raise exception using errcode = 'PF021',
      message = format(
        'the quote that opens on line %s is never closed', coalesce(p_lines_left_out, 0) + v_csv.open_line
      ),
      hint = 'Close it, or double it if it is part of the text; a file cut off on its way ends like this too.';
  elsif v_csv.open_line is not null then
    open_line := v_csv.open_line;
    return;
  end if;

  with records as materialized (
    select r.line_number, r.fields, row_number() over () = 1 as is_header
      from csv_records(v_csv.content, v_csv.delimiter, v_csv.escape, v_csv.empty) as r
  ),

  header as materialized (
    select c.fields, c.unknown, c.contact_columns, setting('max_field_bytes')::int as max_field_bytes
      from csv_columns(
        p_source,
        (select r.fields from records as r where r.is_header),
        case when p_lines_left_out is null then (select count(*) - 1 from records) else 0 end
      ) as c
  ),

  -- values by the name of their column, trimmed, empty ones left out
  rows as (
    select
      r.line_number,
      case
        when cardinality(r.fields) <> cardinality(h.fields) or pg_column_size(r.fields) > h.max_field_bytes
          then row_fault(r.fields, cardinality(h.fields), h.max_field_bytes)
      end as fault,
      case
        when cardinality(r.fields) <> cardinality(h.fields) then jsonb_build_object(
          'other.values', r.fields[1 : cardinality(h.fields) + 1]
        )
        else jsonb_strip_nulls(jsonb_object(
          h.fields, array(select nullif(trim(E' \t\r\n\u00a0' from u.value), '') from unnest(r.fields) as u (value))
        ))
      end as raw,
      h.contact_columns
      from records as r
     cross join header as h
     where not r.is_header
  ),

  staged as (
    insert into leads_staging (
      upload_id, line_number, mak, county_fips, apn, addr_hash, email, phone, contacts, raw, outcome, reason
    )
    select
      p_upload_id, s.line_number, s.mak, s.county_fips, s.apn, s.addr_hash, s.email, s.phone, s.contacts, s.raw,
      s.outcome, s.reason
      from rows as r
     cross join stage_row(
       r.line_number + coalesce(p_lines_left_out, 0), r.raw, r.fault, r.contact_columns
     ) as s
    returning 1
  )

  select h.unknown, (select count(*) from staged) into v_unknown, rows from header as h;

  update uploads as u set unknown_columns = v_unknown where u.id = p_upload_id;
end
$$;

comment on function stage_csv(uuid, text, text, int, boolean) is
  'Fills leads_staging with the records of a CSV text. rows: how many. open_line: the line of the text on which a'
  ' quote opens that is not closed before the text ends, if it isn''t the last; then nothing is staged.'
  ' p_lines_left_out: null for a whole file. PF021 for a quote never closed, and what check_csv_text, csv_dialect and'
  ' csv_columns raise.';
