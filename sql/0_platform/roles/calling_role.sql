-- The role that a caller acts as, told from within a function that runs with the owner's rights, where current_user is
-- the owner: what `set role` named, else the login. Neither can be changed by a set_config of the claims or the path.
create or replace function calling_role()
returns name
language sql stable set search_path from current
as $$
  select case current_setting('role') when 'none' then session_user else current_setting('role') end::name;
$$;

comment on function calling_role() is 'The role of the last set role, or the login if there was none.';
