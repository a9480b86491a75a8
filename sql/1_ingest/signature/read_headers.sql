-- HTTP headers by lower-case name: ASCII letters alone, since in a database of Turkish locale i is not the lower case
-- of I. No honest sender names a header twice in different case, or sends more text than a web server takes: no headers
-- at all then. A header without a value is not there.
create or replace function read_headers(p_headers jsonb)
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select case
    when jsonb_typeof(p_headers) = 'object' and octet_length(p_headers::text) <= 65536 then (
      select case
        when count(*) = count(distinct lower(h.key collate "C"))
          then coalesce(jsonb_object_agg(lower(h.key collate "C"), h.value) filter (where h.value is not null), '{}')
      end
        from jsonb_each_text(p_headers) as h
    )
  end;
$$;

comment on function read_headers(jsonb) is
  '{lower-case name: text} of an object of headers; null if it is no object, names a header twice or has more than'
  ' 65,536 bytes.';
