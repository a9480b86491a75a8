-- What one answer of a provider says about a contact. Only this function reads the code map.
--
-- Any reject beats any verify, a verify beats a retry, and a retry says that nothing was found out. A code that the map
-- does not have decides nothing and is named.
create or replace function judge_codes(p_provider text, p_channel text, p_codes text[])
returns table (effect code_effect, unknown_codes text[], line_type text)
language sql stable set search_path from current
as $$
  select
    case
      when bool_or(m.effect = 'reject') then 'reject'
      when bool_or(m.effect = 'verify') then 'verify'
      when bool_or(m.effect = 'retry') then 'retry'
      when bool_or(m.effect = 'info') then 'info'
    end::code_effect,
    coalesce(array_agg(c.code order by c.n) filter (where m.code is null and c.code is not null), '{}'),
    max(case m.code when 'PS07' then 'mobile' when 'PS08' then 'landline' when 'PS09' then 'voip' end)
      filter (where m.provider = 'melissa' and m.channel = 'phone')
    from unnest(p_codes) with ordinality as c (code, n)
    left join verification_code_map as m
      on m.provider = p_provider
     and m.channel = p_channel
     and m.code = c.code;
$$;

comment on function judge_codes(text, text, text[]) is
  'One row: the effect (null if no code is known), the codes that verification_code_map has not, the type of'
  ' the line if a code tells it. Codes as split_codes gives them.';
