-- What each job of the table jobs is.
create or replace function do_job(p_job text, p_subject text, p_now timestamptz)
returns bigint
language plpgsql volatile set search_path from current
as $$
declare
  v_feed feed_result;
begin
  case p_job
    when 'purge_expired' then
      return (
        select case when max(p.rows) < setting('purge_batch')::int then sum(p.rows) end
          from purge_expired(p_now) as p
      );
    when 'refresh_contactable_leads' then
      -- another session is refreshing and may still fail, so this isn't done yet
      if not try_lock('refresh_contactable_leads') then
        return null;
      end if;

      call refresh_contactable_leads();
      return (select count(*) from mv_contactable_leads);
    when 'feed_campaign' then
      v_feed := feed_campaign(p_subject, p_now);
      -- leads that another session had locked, or that were queued since, are fed at the next call
      return case
        when v_feed.status = 'locked' then null
        when v_feed.remaining > 0 and exists (
          select
            from contactable as t
            join campaigns as c on c.id = t.campaign_id
           where c.name = p_subject
             and t.campaign_status = 'queued'
        ) then null
        else v_feed.fed
      end;
    else
      raise exception using errcode = 'PF100',
        message = format('there is no job %L', p_job),
        hint = 'update jobs set enabled = false where name = …; jobs come with a release.';
  end case;
end
$$;

comment on function do_job(text, text, timestamptz) is
  'Does a job. Returns the rows it worked on, or null if it isn''t done: another session is at it. PF100 for an'
  ' unknown job.';
