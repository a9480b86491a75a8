-- The key of a property by its address. The prefix is the version of the rules: a change that moves a hash takes
-- a new one, and a migration that hashes the leads again in batches.
--
-- Immutable on the same terms as normalize_address: never in an index.
-- Security definer: the reference tables and the helpers are the owner's alone.
create or replace function address_hash(p_street text, p_unit text, p_city text, p_state text, p_zip text)
returns text
language plpgsql immutable parallel safe security definer set search_path from current
as $$
begin
  return 'v1:'
    || encode(sha256(convert_to(normalize_address(p_street, p_unit, p_city, p_state, p_zip), 'UTF8')), 'hex');
end
$$;

comment on function address_hash(text, text, text, text, text) is
  'v1: and the hex SHA-256 of normalize_address. Null if the address is too thin to identify.';

grant execute on function address_hash(text, text, text, text, text) to pipeline_writer;
