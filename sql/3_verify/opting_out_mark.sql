-- What pgfunnel.opting_out says while a function moves leads to opted_out. Any login may set that setting, and a
-- service that did would move leads and suppress nobody: so it must be what only the owner can work out.
create or replace function opting_out_mark()
returns text
language sql
stable
set search_path from current
as $$
  select encode(hmac('opting out/'::bytea || transaction_aad(), installation_secret(), 'sha256'), 'hex');
$$;

comment on function opting_out_mark() is
  'HMAC-SHA-256, in hex, under the installation''s secret; another one in each transaction.';

revoke all on function opting_out_mark() from public;
