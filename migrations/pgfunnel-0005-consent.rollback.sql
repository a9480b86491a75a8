-- Drops verification, consent and suppression.

drop table if exists suppressions;
drop table if exists consents;
drop table if exists consent_tokens;
drop table if exists verification_code_map;
drop type if exists code_effect;
