-- Gives the reason why the next statement moves leads, for the events of these moves. At psql, set pgfunnel.why
-- directly: set local pgfunnel.why = 'on holiday until May', just before his update.
create or replace function give_reason(p_why text)
returns void
language plpgsql volatile set search_path from current
as $$
begin
  perform set_config('pgfunnel.why', p_why, true);
end
$$;

comment on function give_reason(text) is
  'Sets pgfunnel.why for the next statement that updates leads.campaign_status: the name of the function that moves.';
