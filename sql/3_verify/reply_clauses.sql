-- A reply as clauses of plain words, so that phrases can be compared with them.
--
-- What somebody else wrote is cut off first: quoted lines, and the original message below the answer, which usually
-- has our own "reply STOP" in it. Signatures of mail programs go too. A question mark stays as a word of its own.
create or replace function reply_clauses(p_body text)
returns text[]
language sql
immutable
strict
parallel safe
set search_path from current
as $$
  with own as (
    select regexp_replace(
      regexp_replace(lower(fold_letters(translate(left(p_body, 10000), e'\r', e'\n'))), '(^|\n)[ \t]*>[^\n]*', '\1', 'g'),
      '(\S)\s*\n[ \t]*(on [^\n]{0,200}(\n[^\n]{0,200})?wrote:|-{2,} *original message|from: |sent from |get outlook|-- ?\n).*$',
      '\1'
    ) as words
  ),

  clauses as (
    select
      c.n,
      btrim(regexp_replace(
        -- STOOOP is STOP
        regexp_replace(replace(replace(c.clause, '?', ' ? '), '''', ''), '([a-z])\1{2,}', '\1', 'g'),
        '[^a-z0-9?]+', ' ', 'g'
      )) as clause
      from own as o
     cross join regexp_split_to_table(o.words, '[!;,\n]+|[.:]+(\s+|$)|\s-+\s|(?<=[?])') with ordinality as c (clause, n)
  )

  select coalesce(array_agg(regexp_replace(c.clause, '\m([a-z0-9]+)( \1)+\M', '\1', 'g') order by c.n), '{}')
    from clauses as c
   where c.clause <> '';
$$;

comment on function reply_clauses(text) is
  'Lower case words with one space between, no accents, no apostrophes (dont), a repeated word once; one element a clause,'
  ' in order. Reads the first 10000 characters.';

revoke all on function reply_clauses(text) from public;
