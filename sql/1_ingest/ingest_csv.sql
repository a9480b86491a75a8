-- The trusted path: a file from the team's own hands, without a signature.
--
-- Security definer: only the owner may write to staging, keys and sealed documents.
create or replace function ingest_csv(p_source text, p_body bytea, p_file_name text default null)
returns upload_receipt
language plpgsql volatile security definer set search_path from current
set standard_conforming_strings = on -- whatever the caller's session has set
as $$
begin
  return ingest_csv(p_source, p_body, p_file_name, clock_timestamp());
end
$$;

create or replace function ingest_csv(p_source text, p_body bytea, p_file_name text, p_now timestamptz)
returns upload_receipt
language plpgsql volatile set search_path from current
as $$
begin
  if coalesce(trim(p_source), '') = '' or p_body is null then
    raise exception using errcode = 'PF027',
      message = 'source and body are needed',
      hint = 'select * from ingest_csv(''vendor'', $1, ''file.csv''); $1 is the file''s bytes, a bound parameter of type bytea.';
  end if;

  return ingest_content(p_source, p_body, p_file_name, null, p_now);
end
$$;

comment on function ingest_csv(text, bytea, text) is
  'Takes in a CSV file from a trusted source: the exact bytes in, the receipt out. status 200 merged, also for content'
  ' that was merged before; 400, 413, 422 for a file that can''t be read, 409 after lock_timeout. PF027 without source'
  ' or body.';
comment on function ingest_csv(text, bytea, text, timestamptz) is 'ingest_csv at a given time.';

grant execute on function ingest_csv(text, bytea, text) to pipeline_writer;
