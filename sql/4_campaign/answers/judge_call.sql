-- What the reason for which a call ended means. Only this function reads call_reasons.
--
-- VAPI adds reasons as it goes. A reason that no pattern fits counts as a try that reached nobody, so that a lead is
-- neither called for ever nor given up at once; health names it. Text that can't be a reason may be anything, and is
-- not kept.
create or replace function judge_call(p_ended_reason text)
returns table (reason text, effect text, fault text)
language sql stable set search_path from current
as $$
  select t.reason, coalesce(r.effect, 'unknown'), coalesce(r.fault, 'none')
    from (
      select case
        when lower(btrim(p_ended_reason)) ~ '^[a-z][a-z0-9._-]{1,159}$' and p_ended_reason !~ '[0-9]{7}'
          then lower(btrim(p_ended_reason))
        else 'unreadable'
      end as reason
    ) as t
    left join lateral (
      select k.effect, k.fault
        from call_reasons as k
       where t.reason like k.pattern
       order by k.rank, length(k.pattern) desc, k.pattern
       limit 1
    ) as r on true;
$$;

comment on function judge_call(text) is
  'One row: the reason as it may be kept, effect and fault as in call_reasons; effect unknown if no pattern fits.';
