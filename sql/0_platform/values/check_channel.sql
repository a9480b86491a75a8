-- A channel is named by the calling program, not by a person: a wrong one is a fault in that program.
create or replace function check_channel(p_channel text)
returns void
language plpgsql immutable set search_path from current
as $$
begin
  if p_channel is null or p_channel not in ('phone', 'email') then
    raise exception using errcode = 'PF060',
      message = format('there is no channel %s', coalesce(quote_literal(left(p_channel, 20)), 'null')),
      hint = 'The channel is phone or email.';
  end if;
end
$$;

comment on function check_channel(text) is 'PF060 unless the channel is phone or email.';
