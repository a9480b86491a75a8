-- Drops the opt-out phrases.
drop table if exists opt_out_phrases;
