-- What pgfunnel.opting_out holds while a function moves leads to opted_out. Anybody may set a setting; this value only
-- the owner's functions know, so nobody can pretend that an opt-out by hand was one of theirs.
create or replace function opting_out_mark()
returns text
language sql
stable
set search_path from current
as $$
  select encode(hmac(convert_to('opting_out/', 'UTF8') || transaction_aad(), installation_secret(), 'sha256'), 'hex');
$$;

comment on function opting_out_mark() is 'Hex; another one in each backend and transaction.';
