-- A line's type as vendors name it, in one of three words; anything else is none, so that nothing that slipped into the
-- column rests in clear.
create or replace function line_type_of(p_value text)
returns text
language sql immutable parallel safe set search_path from current
as $$
  select case
    when lower(p_value) ~ 'voip' then 'voip'
    when lower(p_value) ~ '^(mobile|cell|wireless)' then 'mobile'
    when lower(p_value) ~ '^(land|home|fixed|residential|business|work)' then 'landline'
  end;
$$;

comment on function line_type_of(text) is 'mobile, landline or voip; null for anything else.';
