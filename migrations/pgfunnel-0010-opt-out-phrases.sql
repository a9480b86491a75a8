-- The words by which people say that they want no more of it. Rows are in
-- migrations/reference/opt_out_phrases.csv.
--
-- Locks: none on existing tables.
-- depends: pgfunnel-0001-foundation

create table if not exists opt_out_phrases (
  counts text not null check (counts in ('same', 'message', 'clause', 'anywhere', 'innocent')),
  phrase text not null check (phrase ~ '^[a-z0-9]+( [a-z0-9]+)*$'),
  means text,
  primary key (counts, phrase),
  check ((counts = 'same') = (means is not null))
);

comment on table opt_out_phrases is 'Words and phrases that is_opt_out() looks for in a reply.';
comment on column opt_out_phrases.counts is
  'same: replaced by what it means before anything is compared. message: counts if the whole message is this.'
  ' clause: if a clause of it is. anywhere: if it stands in a clause. innocent: taken out before looking for'
  ' anywhere.';
comment on column opt_out_phrases.phrase is
  'Lower case letters and digits, one space between words, no apostrophes: dont. But for same, in the words'
  ' that remain after same was applied.';
comment on column opt_out_phrases.means is
  'Only of same: the words it is read as; empty for a filler such as please.';

alter table opt_out_phrases enable row level security;
