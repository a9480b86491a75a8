-- Whether the role that asks is one that row security does not narrow: the owner or a service.
create or replace function sees_all_leads()
returns boolean
language sql stable parallel safe set search_path from current
as $$
  select pg_has_role(current_user, 'pipeline_writer', 'usage') or pg_has_role(current_user, c.relowner, 'usage')
    from pg_class as c
   where c.oid = 'leads'::regclass;
$$;

comment on function sees_all_leads() is
  'True for members of pipeline_writer, for the owner of leads, and for superusers.';

grant execute on function sees_all_leads() to pipeline_writer, pipeline_broker;
