-- Which broker is asking. A login listed in brokers is that broker, whatever it sets. A JWT claim is believed only
-- when the session's login is the trusted authenticator: a broker gains nothing by setting it.
--
-- Security definer: brokers and settings are closed to the roles that ask.
create or replace function current_broker_id()
returns uuid
language plpgsql stable security definer parallel safe set search_path from current
as $$
declare
  v_broker uuid;
begin
  select b.broker_id into v_broker from brokers as b where b.db_role = session_user;

  if v_broker is null and session_user = setting('trusted_authenticator') then
    v_broker := nullif(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', '')::uuid;
  end if;

  return v_broker;
end
$$;

comment on function current_broker_id() is
  'The broker id of the session: by its login in brokers, or by the claim sub (a uuid) of a trusted authenticator''s'
  ' JWT; else null.';

grant execute on function current_broker_id() to pipeline_writer, pipeline_broker;
