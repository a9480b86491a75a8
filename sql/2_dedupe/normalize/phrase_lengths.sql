-- How far to look ahead: most words of a street begin no phrase, and one look-up here says so.
--
-- Immutable on the same terms as address_dictionary: never in an index.
create or replace function phrase_lengths()
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  with phrases as (
    select
      split_part(aw.word, ' ', 1) as first_word,
      cardinality(string_to_array(aw.word, ' ')) as words
    from address_words as aw
    where aw.role in ('name', 'road before number')
  ),

  longest as (
    select
      p.first_word,
      max(p.words) as words
    from phrases as p
    group by p.first_word
  )

  select coalesce(jsonb_object_agg(l.first_word, l.words), '{}')
  from longest as l;
$$;

comment on function phrase_lengths() is
  'First words of the phrases of roles name and road before number: word to the number of words of its '
  'longest phrase.';
