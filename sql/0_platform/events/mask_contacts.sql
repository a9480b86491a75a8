-- What a service says went wrong often names the phone number or address it went wrong with. Such text is kept in
-- clear, so these are taken out of it first.
create or replace function mask_contacts(p_text text)
returns text
language sql immutable parallel safe set search_path from current
as $$
  select regexp_replace(
    regexp_replace(left(p_text, 500), '[^[:space:]<>@]+@[^[:space:]<>@]+', '…', 'g'),
    '[+(]*[0-9]([ ().-]{0,2}[0-9]){9,}', '…', 'g'
  );
$$;

comment on function mask_contacts(text) is
  'The first 500 characters of a text, with … for what looks like an e-mail address, or has ten digits like a phone'
  ' number.';
