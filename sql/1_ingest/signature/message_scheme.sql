-- By which scheme a message is signed: one whose headers are all there, the source's own before any other.
--
-- No headers of any scheme is a bad request; headers of another scheme than the source's are as wrong as a wrong
-- signature. So what is a bad request depends on the message alone, and doesn't tell which sources there are, nor by
-- which scheme they sign: an unknown source is taken for one of the scheme its headers are of, standard first.
create or replace function message_scheme(p_source text, p_headers jsonb)
returns webhook_schemes
language sql stable set search_path from current
as $$
  select s.*
    from webhook_schemes as s
    left join webhook_sources as w on w.source = p_source and w.scheme = s.scheme
   where p_headers ?& array_remove(array[s.signature_header, s.message_id_header, s.timestamp_header], null)
     -- a dot in the id would let it be told otherwise where id and time end in id.timestamp.body
     and (s.message_id_header is null or p_headers ->> s.message_id_header ~ '^[^.[:space:]]{1,255}$')
   order by w.source is null, s.scheme <> 'standard', s.scheme
   limit 1;
$$;

comment on function message_scheme(text, jsonb) is
  'The row of webhook_schemes by which to verify a message; null if its headers are those of none. A message id has 1'
  ' to 255 characters, no dot and no space.';
