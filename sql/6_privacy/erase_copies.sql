-- Takes the bytes of a person out of files that are being copied in and are not staged yet: the record that has not
-- ended, and the block whose hash is not taken. Both are bytes, so they are searched by words: contacts, names and
-- streets; rather a file too many than one too few. What ends the record later is then an unreadable line; a file whose
-- block was emptied has another hash, so that it is merged once more if it is sent again.
--
-- The header row as well, which may be a person's where a file has none. Without it the rest of the file is refused,
-- and headers have words that are names too (Sale Price, Baths): it is searched by contacts alone.
--
-- Before the merge's lock: finish_upload takes its copy and then that lock.
create or replace function erase_copies(p_lead_ids uuid[], p_marks text[])
returns int
language plpgsql volatile set search_path from current
as $$
declare
  v_words text[];
  v_erased int;
begin
  -- a statement of its own, so that the next one sees what a running copy leaves
  perform from upload_copies as c order by c.upload_id for update;

  -- as encode has what is no ASCII
  select p_marks || coalesce(array_agg(distinct lower(encode(convert_to(w.word, 'UTF8'), 'escape'))), '{}')
    into v_words
    from (
      select d.value from unnest(p_lead_ids) as t (id) cross join lateral jsonb_each_text(try_lead_pii(t.id)) as d
       where d.key in ('first_name', 'last_name', 'full_name')
      union all
      select l.street from leads as l where l.id = any(p_lead_ids)
    ) as w (word)
   where length(w.word) > 3;

  update upload_copies as c
     set head = case
           when t.head_speaks then convert_to(regexp_replace(t.head, e'[^\r\n]+', 'x', 'g'), 'UTF8')
           else c.head
         end,
         -- as many lines, and in quotes as before
         rest = case
           when t.rest_speaks then convert_to(
             repeat('"', (length(t.rest) - length(replace(t.rest, '"', ''))) % 2)
             || 'x' || repeat(e'\n', length(t.rest) - length(replace(t.rest, e'\n', ''))),
             'UTF8'
           )
           else c.rest
         end,
         hash_rest = case
           when t.hash_rest_speaks then convert_to(repeat('x', octet_length(c.hash_rest)), 'UTF8')
           else c.hash_rest
         end
    from (
      select
        o.upload_id,
        encode(o.head, 'escape') as head,
        encode(o.rest, 'escape') as rest,
        mentions_person(to_jsonb(encode(o.head, 'escape')), p_marks) as head_speaks,
        mentions_person(to_jsonb(encode(o.rest, 'escape')), v_words) as rest_speaks,
        mentions_person(to_jsonb(encode(o.hash_rest, 'escape')), v_words) as hash_rest_speaks
        from upload_copies as o
    ) as t
   where c.upload_id = t.upload_id
     and (t.head_speaks or t.rest_speaks or t.hash_rest_speaks);

  get diagnostics v_erased = row_count;
  return v_erased;
end
$$;

comment on function erase_copies(uuid[], text[]) is
  'In how many unfinished files bytes were overwritten. It waits for a copy that runs.';
