-- Drops verification, consent and suppression.

drop table if exists suppressions;
drop table if exists consents;
drop table if exists consent_tokens;
delete from settings as s where s.key = 'max_verification_tries';
drop table if exists verification_code_history;
drop table if exists verification_code_map;
drop type if exists code_effect;
