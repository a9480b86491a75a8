-- The campaign of a name, or a clear error.
create or replace function campaign_named(p_name text)
returns campaigns
language plpgsql stable set search_path from current
as $$
declare
  v_campaign campaigns;
begin
  select c.* into v_campaign from campaigns as c where c.name = p_name;

  if not found then
    raise exception using errcode = 'PF083',
      message = format('there is no campaign %L', p_name),
      hint = 'select name from campaigns lists them.';
  end if;

  return v_campaign;
end
$$;

comment on function campaign_named(text) is 'The row of campaigns. PF083 for an unknown name.';
