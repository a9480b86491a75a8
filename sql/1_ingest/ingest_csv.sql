-- The trusted path: a file from the team's own hands, without a signature.
--
-- Security definer: staging, keys and sealed documents are the owner's alone.
create or replace function ingest_csv(p_source text, p_body bytea, p_file_name text default null)
returns upload_receipt
language plpgsql
volatile
security definer
set search_path from current
set standard_conforming_strings = on -- whatever the caller's session has set
as $$
begin
  if coalesce(trim(p_source), '') = '' or p_body is null then
    raise exception using errcode = 'PF027',
      message = 'source and body are needed',
      hint = 'select * from ingest_csv(''vendor'', $1, ''file.csv''); $1 is the file''s bytes, a bound parameter of type bytea.';
  end if;

  if octet_length(p_body) > setting('max_upload_bytes')::bigint then
    return refuse_file(
      clock_timestamp(), p_source, p_body, mask_contacts(left(p_file_name, 255)), null, 'PF026',
      format('the file has %s bytes; at most %s are taken', octet_length(p_body), setting('max_upload_bytes'))
    );
  end if;

  return ingest_content(clock_timestamp(), p_source, p_body, mask_contacts(left(p_file_name, 255)));
end
$$;

comment on function ingest_csv(text, bytea, text) is
  'Takes in a CSV file from a trusted source: the exact bytes in, the receipt out. status 200 merged, also for content'
  ' that was merged before; 400, 413, 422 for a file that can''t be read, 409 after lock_timeout. PF027 without source'
  ' or body.';

grant execute on function ingest_csv(text, bytea, text) to pipeline_writer;
