-- Whether the chain of consents is whole. That can't be checked without the keys; the check then says so.
create or replace function health_of_consents()
returns table (check_name text, status text, detail text, hint text)
language plpgsql stable set search_path from current
as $$
declare
  v_problem text := key_problem();
begin
  if v_problem is not null then
    return query select
      'consent_chain',
      'warn',
      'not checked: ' || v_problem,
      'Ask again where the keys are open: see sealing.';
    return;
  end if;

  return query select
    'consent_chain',
    case when count(*) = 0 then 'ok' else 'fail' end,
    case
      when count(*) = 0 then 'every link fits the one before'
      else format(
        '%s: %s',
        counted(count(*), 'link does not fit', 'links do not fit'),
        (array_agg(format('consent %s, %s', b.consent_id, b.problem) order by b.consent_id))[1]
      )
    end,
    case
      when count(*) > 0
        then 'Somebody changed consents by hand: compare the rows of broken_consents() with a backup.'
    end
    from broken_consents() as b;
end
$$;

comment on function health_of_consents() is
  'Check consent_chain: fails if broken_consents finds anything; warns if it can''t be checked.';
