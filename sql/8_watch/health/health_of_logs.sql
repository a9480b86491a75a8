-- Whether the server logs parameters, or plans, which have them as constants. They hold what the functions seal: files,
-- numbers, keys.
create or replace function health_of_logs()
returns table (check_name text, status text, detail text, hint text)
language sql stable set search_path from current
as $$
  with found as (
    select s.name, s.setting
      from pg_settings as s
     where s.name in ('log_parameter_max_length', 'log_parameter_max_length_on_error')
       and s.setting <> '0'
       -- without statements in the log there are no parameters of them
       and (s.name like '%on_error' or exists (
         select
           from pg_settings as l
          where l.name = 'log_statement' and l.setting in ('mod', 'all')
             or l.name like 'log_min_duration_s%' and l.setting <> '-1'
             or l.name = 'log_transaction_sample_rate' and l.setting <> '0'
       ))
    union all
    select s.name, case s.name when 'debug_print_plan' then s.reset_val else s.setting end
      from pg_settings as s
     where s.name = 'pgaudit.log_parameter' and s.setting = 'on'
        -- the caller has it switched off for this call
        or s.name = 'debug_print_plan' and s.reset_val = 'on'
        or (
          s.name = 'auto_explain.log_parameter_max_length' and s.setting <> '0'
          or s.name in ('auto_explain.log_nested_statements', 'auto_explain.log_verbose') and s.setting = 'on'
        ) and exists (
          select from pg_settings as l where l.name = 'auto_explain.log_min_duration' and l.setting <> '-1'
        )
  )

  select
    'logged_parameters',
    case when count(*) = 0 then 'ok' else 'warn' end,
    case
      when count(*) = 0 then 'parameters of statements are not logged'
      else 'personal data may reach the server''s log: ' || string_agg(f.name || ' = ' || f.setting, ', ' order by f.name)
    end,
    case
      when count(*) > 0
        then 'Let a superuser set it to off, or the lengths to 0: docs/keys.md has the statements.'
    end
    from found as f;
$$;

comment on function health_of_logs() is
  'Check logged_parameters: warns if the server''s settings put parameters, or plans with them, into its log.';
