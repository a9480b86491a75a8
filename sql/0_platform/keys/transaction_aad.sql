-- What a held key is bound to: this backend, this transaction.
create or replace function transaction_aad()
returns bytea
language sql stable set search_path from current
as $$
  select convert_to(format('unlocked/%s/%s', pg_backend_pid(), extract(epoch from transaction_timestamp())), 'UTF8');
$$;

comment on function transaction_aad() is
  'The associated data of a held key: the backend''s pid and the transaction''s start, in seconds since 1970.';
