-- Finds a sealed value by equality without telling it: a keyed hash, under a key of its own for each channel, so that
-- a phone's hash says nothing about an e-mail's. Its data key is never rotated, or suppressions would stop to match.
-- Where many values are hashed, the second form takes the key from key_ring().
create or replace function blind_index(p_key bytea, p_channel text, p_value text)
returns bytea
language plpgsql immutable parallel safe set search_path from current
as $$
begin
  return hmac(convert_to(p_value, 'UTF8'), hmac(convert_to(p_channel, 'UTF8'), p_key, 'sha256'), 'sha256');
end
$$;

create or replace function blind_index(p_channel text, p_value text)
returns bytea
language plpgsql stable set search_path from current
as $$
begin
  return blind_index(data_key(newest_data_key('index')), p_channel, p_value);
end
$$;

comment on function blind_index(text, text) is
  'HMAC-SHA-256 (32 bytes) of a normalised value, keyed for its channel, phone or email. Null gives null.';
comment on function blind_index(bytea, text, text) is 'The same under a given data key.';
