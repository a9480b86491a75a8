-- What each column of a file is: the field that an alias knows its header as, the source's own alias before the general
-- one; else other.HEADER. The second column of a field is another one, so that no value hides another.
create or replace function map_header(p_source text, p_header text[])
returns table (place int, header text, field text, is_known boolean)
language sql
stable
set search_path from current
as $$
  with named as (
    select
      h.n::int as place,
      coalesce(nullif(trim(h.header), ''), 'column ' || h.n) as header,
      (
        select a.field
          from header_aliases as a
         where a.alias = fold_header(h.header)
           and a.source in (p_source, '')
         order by a.source = '' limit 1
      ) as field
      from unnest(p_header) with ordinality as h (header, n)
  ),

  counted as (
    select
      n.*,
      row_number() over (partition by n.field order by n.place) as turn,
      row_number() over (partition by n.header order by n.place) as namesake
      from named as n
  )

  select
    c.place,
    c.header,
    case
      when c.field is not null and c.turn = 1 then c.field
      else 'other.' || c.header || case when c.namesake > 1 then ' ' || c.namesake else '' end
    end,
    c.field is not null and c.turn = 1
    from counted as c
   order by c.place;
$$;

comment on function map_header(text, text[]) is
  'One row a column, in order: its header, its field (a canonical one or other.HEADER, each once), whether an alias knows it.';

revoke all on function map_header(text, text[]) from public;
