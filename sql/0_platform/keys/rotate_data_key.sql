-- A new data key: from the commit on it seals what is written. What the ones before sealed stays readable, reseal_leads
-- moves it, and retire_data_key then removes them. Blind indexes have a key of their own, which stays.
create or replace function rotate_data_key()
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_version int := create_data_key('seal');
begin
  perform record_event(clock_timestamp(), 'keys', jsonb_build_object('rotated_to', v_version));

  return v_version;
end
$$;

comment on function rotate_data_key() is 'Adds a data key that seals from now on; returns its version. Event keys.';
