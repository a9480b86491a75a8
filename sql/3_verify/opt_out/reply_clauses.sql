-- A reply as clauses of plain words, so that phrases can be compared with them. A question mark stays as a word of its
-- own: "Stop?" alone may be meant, "Stop? Never" is not.
--
-- Arrays are unnested because the planner expects few rows of them. It expects 1000 rows of a table function, and with
-- three of those it compiles the query (JIT), which takes 170 ms.
create or replace function reply_clauses(p_body text)
returns text[]
language sql immutable strict parallel safe set search_path from current
as $$
  with clauses as (
    select
      row_number() over (order by l.n, c.n) as n,
      replace(replace(c.clause, '?', ' ? '), '''', '') as clause
      from unnest(own_lines(p_body)) with ordinality as l (line, n)
     cross join unnest(
       regexp_split_to_array(
         regexp_replace(lower(fold_characters(l.line)), '[?]+', '?!', 'g'), e'[!;,]+|[.:]+(\\s+|$)|\\s-+\\s'
       )
     ) with ordinality as c (clause, n)
  ),

  words as (
    select
      c.n as clause_n,
      w.n,
      -- STOOOP is STOP; only in what can be a word: a pattern that refers back to itself is slow on long ones
      case
        when char_length(w.word) <= 30 then regexp_replace(w.word, e'([a-z])\\1{2,}', e'\\1', 'g')
        else w.word
      end as word
      from clauses as c
     cross join unnest(regexp_split_to_array(c.clause, '[^a-z0-9?]+')) with ordinality as w (word, n)
     where w.word <> ''
  ),

  changes as (
    select
      w.clause_n,
      w.n,
      w.word,
      w.word is distinct from lag(w.word) over (partition by w.clause_n order by w.n) as is_new
      from words as w
  ),

  joined as (
    select c.clause_n, string_agg(c.word, ' ' order by c.n) as clause
      from changes as c
     where c.is_new
     group by c.clause_n
  )

  select coalesce(array_agg(j.clause order by j.clause_n), '{}') from joined as j;
$$;

comment on function reply_clauses(text) is
  'The clauses of own_lines, in order: lower case words with one space between, no accents, no apostrophes'
  ' (dont), a word said several times once. Null for null.';
