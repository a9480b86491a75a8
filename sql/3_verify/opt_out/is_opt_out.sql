-- Whether the sender of a reply wants no more messages or calls.
--
-- The carriers' words count when they stand alone, also with courtesies and punctuation around them. Plain language
-- counts anywhere in a clause, unless it is negated ("don't stop calling") or part of something innocent. Reads
-- opt_out_phrases, so it is stable, not immutable.
create or replace function is_opt_out(p_body text)
returns boolean
language sql stable set search_path from current
as $$
  with message as materialized (
    -- one string for all clauses, a bar between them: each phrase is looked for once
    select reword_clause(' | ' || array_to_string(reply_clauses(p_body), ' | ') || ' | ', 'same') as words
  ),

  guilty as materialized (
    select reword_clause(m.words, 'innocent') as words from message as m
  )

  select exists (
    select
      from message as m
     cross join guilty as g
      join opt_out_phrases as p
        on case p.counts
          -- S.T.O.P and OPT-OUT are STOP and OPTOUT
          when 'message' then replace(p.phrase, ' ', '') = regexp_replace(m.words, '[^a-z0-9]', '', 'g')
          when 'clause' then position('| ' || p.phrase || ' |' in m.words) > 0
            or replace(p.phrase, ' ', '') = regexp_replace(m.words, '[^a-z0-9]', '', 'g')
          when 'anywhere' then position(' ' || p.phrase || ' ' in g.words) > 0
        end
  );
$$;

comment on function is_opt_out(text) is
  'STOP, STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT, OPTOUT, REVOKE alone (CTIA) or a revocation in plain language'
  ' (47 CFR 64.1200(a)(10)). False for null. START and UNSTOP are nothing.';
