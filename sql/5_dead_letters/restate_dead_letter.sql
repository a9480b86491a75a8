-- A row that was tried again and set aside again: the letter says its keys and their owners as they are by now. Which
-- leads the file's own merge met is kept beside it, for explain_match.
create or replace function restate_dead_letter(p_id bigint, p_row leads_staging)
returns void
language sql volatile set search_path from current
as $$
  update pipeline_dlq as q
     set payload = (q.payload - array['outcome', 'mak', 'county_fips', 'apn', 'addr_hash', 'met'])
       || dead_letter_payload(p_row)
       || jsonb_build_object('met_first', coalesce(q.payload -> 'met_first', q.payload -> 'met', '{}'))
   where q.id = p_id;
$$;

comment on function restate_dead_letter(bigint, leads_staging) is
  'Refreshes a letter''s payload: outcome, keys and met as dead_letter_payload says; met_first: met as of the file''s'
  ' merge, empty for a row that was rejected.';
