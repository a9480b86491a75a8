-- Replaces phrases of one kind in a clause, the longest first: synonyms by what they mean, innocent phrases by a bar,
-- so that the words around them do not join.
create or replace function reword_clause(p_clause text, p_counts text)
returns text
language plpgsql stable set search_path from current
as $$
declare
  v_clause text := ' ' || p_clause || ' ';
  v_row record;
begin
  for v_row in
    select
      ' ' || p.phrase || ' ' as words,
      case p.means when '' then ' ' else ' ' || coalesce(p.means, '|') || ' ' end as instead
      from opt_out_phrases as p
     where p.counts = p_counts
       and position(' ' || p.phrase || ' ' in v_clause) > 0
     order by length(p.phrase) desc, p.phrase
  loop
    v_clause := replace(v_clause, v_row.words, v_row.instead);
  end loop;

  return btrim(v_clause);
end
$$;

comment on function reword_clause(text, text) is
  'The clause with the phrases of opt_out_phrases of this kind (same or innocent) replaced.';
