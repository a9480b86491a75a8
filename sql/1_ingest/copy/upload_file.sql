-- What psql's \copy writes a large file into, between begin_upload and finish_upload: its exact bytes, in lines of
-- base64. Nothing else arrives unchanged through COPY: it refuses mixed line ends, psql before 18 stops at a line \.,
-- and its encoding must be known beforehand.
--
-- A view, since COPY into a table with row security is the owner's alone. Its three triggers take the lines.
create or replace view upload_file as
select null::text as base64
 where false;

comment on view upload_file is
  'Write-only: \copy upload_file from program ''base64 -w 65536 FILE''. Each row is a piece of the file, in order; any'
  ' width that is a multiple of four will do. It is read into the upload that begin_upload began in the session.';
comment on column upload_file.base64 is 'A piece of the file''s bytes.';

grant insert on upload_file to pipeline_writer;
