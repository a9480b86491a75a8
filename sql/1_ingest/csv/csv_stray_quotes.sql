-- A quote that neither opens nor closes a field (5" pipe) is data. Replaces each such quote by a mark, so that the
-- quotes left open and close in turn. The text ends with a line end.
--
-- What a quote does depends on what stands before it: a boundary (b), another quote (a), or other text (o). Written
-- down like this the quotes are a short text themselves, in which a quoted field is a b, pairs that end with an a
-- (doubled quotes), and a last one that no a follows. Quotes outside of these are stray.
create or replace function csv_stray_quotes(p_text text, p_boundaries text, p_mark text)
returns text
language sql immutable parallel safe set search_path from current
as $$
  with pieces as materialized (
    select p.n, p.piece
      from string_to_table(p_text, '"') with ordinality as p (piece, n)
  ),

  kinds as (
    select string_agg(
      case
        when p.piece = '' then case when p.n = 1 then 'b' else 'a' end
        when strpos(p_boundaries, right(p.piece, 1)) > 0 then 'b'
        else 'o'
      end,
      ''
      order by p.n
    ) as kinds
      from pieces as p
  ),

  -- each quoted field in angle brackets
  steps as (
    select
      s.step,
      s.n,
      sum(case s.step when '<' then 1 when '>' then -1 else 0 end) over (order by s.n) as depth
      from kinds as k
     cross join string_to_table(regexp_replace(k.kinds, '(b(?:.a)*(?:.(?!a)|$))', e'<\\1>', 'g'), null)
        with ordinality as s (step, n)
  ),

  quotes as (
    select row_number() over (order by s.n) as n, case s.depth when 0 then p_mark else '"' end as quote
      from steps as s
     where s.step not in ('<', '>')
  )

  select string_agg(coalesce(q.quote, '') || p.piece, '' order by p.n)
    from pieces as p
    left join quotes as q on q.n = p.n - 1;
$$;

comment on function csv_stray_quotes(text, text, text) is
  'The text with every quote that is data outside of a quoted field replaced by the mark. Boundaries: the characters'
  ' after which a quote opens a field.';
