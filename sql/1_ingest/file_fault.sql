-- Whether an error is the file's own fault, and what its sender is told then. All else is raised again: mistakes of the
-- installation, and serialization failures, deadlocks and timeouts, after which the caller tries once more.
--
-- Of a value that can't be stored only the SQLSTATE is told, since the server's message may repeat the value.
create or replace function file_fault(p_code text, p_message text)
returns upload_receipt
language sql immutable set search_path from current
as $$
  select (
    f.status, f.outcome,
    case f.code
      when 'unstorable' then format('the file has a value that can''t be stored (SQLSTATE %s)', p_code)
      else p_message
    end,
    null, 0, 0, 0, 0, 0, 0
  )::upload_receipt
    from (
      values
        ('PF021', 400, 'unclosed_quote'), ('PF022', 400, 'not_text'), ('PF023', 400, 'bad_encoding'),
        ('PF024', 400, 'empty'), ('PF025', 422, 'unknown_header'), ('PF026', 413, 'too_large'),
        ('not_base64', 400, 'not_base64'), ('unstorable', 400, 'unstorable')
    ) as f (code, status, outcome)
   -- classes 22 and 54: data exceptions, program limits
   where f.code = case when left(p_code, 2) in ('22', '54') then 'unstorable' else p_code end;
$$;

comment on function file_fault(text, text) is
  'The receipt, without an upload, of a file that fails with an SQLSTATE (or not_base64) and a message. Null if the'
  ' file is not at fault.';
