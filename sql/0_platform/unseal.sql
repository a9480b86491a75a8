-- Opens what seal() sealed for the same place. Where many rows are opened, the second form takes the key from
-- key_ring(), joined on sealed_version.
create or replace function unseal(p_key bytea, p_context text, p_sealed bytea)
returns bytea
language plpgsql
immutable
parallel safe
set search_path from current
as $$
begin
  return aead_decrypt(p_key, substr(p_sealed, 5), substr(p_sealed, 1, 4) || convert_to(p_context, 'UTF8'));
end
$$;

create or replace function unseal(p_context text, p_sealed bytea)
returns bytea
language plpgsql
stable
set search_path from current
as $$
begin
  if p_sealed is null then
    return null;
  end if;

  return unseal(data_key(sealed_version(p_sealed)), p_context, p_sealed);
end
$$;

comment on function unseal(text, bytea) is
  'The bytes that were sealed. PF011 if changed, moved or of another key; PF014 if its key version is unknown. Null'
  ' gives null.';
comment on function unseal(bytea, text, bytea) is 'The same under a given data key.';

revoke all on function unseal(text, bytea) from public;
revoke all on function unseal(bytea, text, bytea) from public;
