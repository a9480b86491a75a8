-- Opens what seal() sealed for the same place. The error names the place and the key's version, which are no secret,
-- and nothing of the content. Where many rows are opened, the second form takes the key from key_ring(), joined on
-- sealed_version.
create or replace function unseal(p_key bytea, p_context text, p_sealed bytea)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
declare
  v_plaintext bytea;
begin
  if p_sealed is null then
    return null;
  end if;

  -- no key of this version in the ring
  if p_key is null then
    raise exception using errcode = 'PF014',
      message = format('there is no data key of version %s', coalesce(sealed_version(p_sealed)::text, 'null')),
      hint = 'The value was sealed by another installation, or the key was removed: restore data_keys from a backup.';
  end if;

  v_plaintext := try_unseal(p_key, p_context, p_sealed);

  if v_plaintext is null then
    raise exception using errcode = 'PF011',
      message = format('%s does not open with data key %s', p_context, coalesce(sealed_version(p_sealed)::text, 'null')),
      hint = 'It was changed or moved since it was sealed for this place. Restore the row from a backup.';
  end if;

  return v_plaintext;
end
$$;

create or replace function unseal(p_context text, p_sealed bytea)
returns bytea
language plpgsql stable set search_path from current
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
comment on function unseal(bytea, text, bytea) is 'The same under a given data key; PF014 if that is null.';
