-- What each column of a file is: the field that an alias knows its header as, the source's own alias before the general
-- one; else other.HEADER. Each name is given once, so that no value hides another.
--
-- Headers rest in clear, and the first row of a file without a header row is a person's. No header is a number, a
-- contact, or a number and words like an address; where one is, no unknown one is kept: each is column N.
--
-- A second column of a contact (Work Email, Personal Email) takes the next field of its channel that no column has by
-- name; of those, only fields that imply no type of line. A second and third column that marks the whole row
-- do-not-call (DNC, Opted Out) is dnc_2 and dnc_3.
create or replace function map_header(p_source text, p_header text[])
returns table (place int, header text, field text, is_known boolean)
language sql stable set search_path from current
as $$
  with named as (
    select
      h.n::int as place,
      case
        when trim(h.header) = '' or bool_or(
          -- no letter, an address or number to write to, a house number
          h.header ~ '^[^[:alpha:]]*[0-9][^[:alpha:]]*$|@|([0-9][^0-9]{0,2}){7}|^ *[0-9]+ +[[:alpha:]]'
        ) over () then 'column ' || h.n
        else left(trim(h.header), 100)
      end as header,
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
  ),

  more_contacts as (
    select c.place, f.channel, row_number() over (partition by f.channel order by c.place) as turn
      from counted as c
      join contact_fields as f on f.field = c.field
     where c.turn > 1
  ),

  free_contacts as (
    select f.field, f.channel, row_number() over (partition by f.channel order by f.rank) as turn
      from contact_fields as f
     where f.line_type is null
       and not exists (select from named as n where n.field = f.field)
  ),

  known as (
    select
      c.place,
      c.header,
      c.namesake,
      coalesce(
        f.field,
        case when c.turn = 1 then c.field when c.field = 'dnc' and c.turn <= 3 then 'dnc_' || c.turn end
      ) as field
      from counted as c
      left join more_contacts as m on m.place = c.place
      left join free_contacts as f on f.channel = m.channel and f.turn = m.turn
  )

  select
    k.place,
    k.header,
    coalesce(k.field, concat_ws(' ', 'other.' || k.header, case when k.namesake > 1 then (
      -- a number that makes it no other column's header
      select n.n
        from generate_series(2, 2 * cardinality(p_header)) as n (n)
       where not exists (select from named as o where o.header = k.header || ' ' || n.n)
       order by n.n
      offset k.namesake - 2
       limit 1
    ) end)),
    k.field is not null
    from known as k
   order by k.place;
$$;

comment on function map_header(text, text[]) is
  'One row a column, in order: its header, its field (a canonical one or other.HEADER, each once), whether an alias'
  ' knows it.';
