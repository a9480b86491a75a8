-- Opens what seal() sealed for the same place, or answers with null, for queries over many rows that must not stop at a
-- broken one.
create or replace function try_unseal(p_key bytea, p_context text, p_sealed bytea)
returns bytea
language plpgsql immutable strict parallel safe set search_path from current
as $$
begin
  return aead_open(p_key, substr(p_sealed, 5), substr(p_sealed, 1, 4) || convert_to(p_context, 'UTF8'));
end
$$;

comment on function try_unseal(bytea, text, bytea) is
  'The bytes that were sealed under the data key; null if they don''t open, or for want of a key.';
