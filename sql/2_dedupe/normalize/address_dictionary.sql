-- The words of one role as one value. Called with a constant it is read once a session, when the calling
-- expression is planned, and a look-up then costs as much as a comparison; a query for each address costs several
-- times more.
--
-- Immutable, although it reads a table: the rows change only with a release, and a release replaces the callers,
-- which ends what their plans remember. For the same reason nothing that calls it may be used in an index or a
-- generated column.
create or replace function address_dictionary(p_role text)
returns jsonb
language sql immutable parallel safe set search_path from current
as $$
  select coalesce(jsonb_object_agg(aw.word, aw.means), '{}')
    from address_words as aw
   where aw.role = p_role;
$$;

comment on function address_dictionary(text) is
  'One role of address_words as an object: word to meaning. Never in an index.';
