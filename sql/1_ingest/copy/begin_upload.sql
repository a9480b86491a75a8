-- Begins a file that is too large for one value: what the session then writes into upload_file is its content, and
-- finish_upload merges it.
--
-- psql puts no variable into \copy, so the session remembers the upload. That is only a name: session_copy checks with
-- each row that the session may write to it.
--
-- Security definer: uploads are written by functions alone.
create or replace function begin_upload(p_source text, p_file_name text default null)
returns uuid
language plpgsql volatile security definer set search_path from current
as $$
begin
  return begin_upload(p_source, p_file_name, clock_timestamp());
end
$$;

create or replace function begin_upload(p_source text, p_file_name text, p_now timestamptz)
returns uuid
language plpgsql volatile set search_path from current
as $$
declare
  v_upload_id uuid;
begin
  if coalesce(trim(p_source), '') = '' then
    raise exception using errcode = 'PF035',
      message = 'an upload needs a source',
      hint = 'select begin_upload(''vendor'', ''big.csv'');';
  end if;

  insert into uploads (source, file_name, bytes, received_at)
  values (p_source, mask_contacts(left(p_file_name, 255)), 0, p_now)
  returning id into v_upload_id;

  insert into upload_copies (upload_id, login) values (v_upload_id, session_user);

  perform set_config('pgfunnel.upload', v_upload_id::text, false);
  return v_upload_id;
end
$$;

comment on function begin_upload(text, text) is
  'Begins an upload that is copied into upload_file by this session; returns its id, for finish_upload. PF035 without'
  ' a source.';
comment on function begin_upload(text, text, timestamptz) is 'begin_upload at a given time.';

grant execute on function begin_upload(text, text) to pipeline_writer;
