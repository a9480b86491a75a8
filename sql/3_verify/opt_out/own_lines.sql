-- The lines of a reply that its sender wrote: without quoted lines, and without what follows the answer, such as a mail
-- program's signature or the original message, which usually contains our own "reply STOP".
--
-- Patterns look at one line at a time. The text comes from outside, and reading it must take no longer than its length
-- warrants.
create or replace function own_lines(p_body text)
returns text[]
language sql immutable strict parallel safe set search_path from current
as $$
  with lines as (
    select l.n, btrim(l.line, e' \t') as line
      from unnest(string_to_array(translate(left(p_body, 10000), e'\r', e'\n'), e'\n')) with ordinality as l (line, n)
     where btrim(l.line, e' \t') <> ''
       and left(ltrim(l.line, e' \t'), 1) <> '>'
  ),

  marked as (
    select
      l.n,
      l.line,
      row_number() over (order by l.n) > 1 and (
        l.line ~* '^(-{2,} *original message|from: |sent from |get outlook |--$|_{5,}$)'
        or (l.line ~* '^on ' and right(lower(l.line), 6) = 'wrote:')
        or (l.line ~* '^on ' and right(lower(lead(l.line) over (order by l.n)), 6) = 'wrote:')
      ) as is_end
      from lines as l
  )

  select coalesce(array_agg(m.line order by m.n), '{}')
    from marked as m
   where m.n < coalesce((select min(e.n) from marked as e where e.is_end), 10001);
$$;

comment on function own_lines(text) is
  'Trimmed lines that are not empty, in order. Lines that begin with > are quoted; the answer ends at "On …'
  ' wrote:", "From:", "--", "Sent from" and their like, but not in its first line. Reads the first 10000'
  ' characters.';
