-- Brings mv_contactable_leads up to date without keeping readers out. If it was never filled, as after a restore
-- without data, it is filled first, which can't be done concurrently. While another session refreshes there is nothing
-- to do.
--
-- Security definer: only its owner may refresh a materialized view.
create or replace procedure refresh_contactable_leads()
language plpgsql security definer set search_path from current
set enable_nestloop = off -- just loaded and not analysed, all contacts would be read anew for each lead
set jit = off -- what is to be avoided counts as cost, and would be compiled for
set quote_all_identifiers = off -- on, the server's own concurrent refresh fails with a syntax error
as $$
begin
  if not try_lock('refresh_contactable_leads') then
    return;
  end if;

  if (select c.relispopulated from pg_class as c where c.oid = 'mv_contactable_leads'::regclass) then
    refresh materialized view concurrently mv_contactable_leads;
  else
    refresh materialized view mv_contactable_leads;
  end if;
end
$$;

comment on procedure refresh_contactable_leads () is
  'Refreshes mv_contactable_leads, concurrently but for the first fill.';

grant execute on procedure refresh_contactable_leads() to pipeline_writer;
